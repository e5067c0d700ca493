/// Tokens that were signed elsewhere, with the public key they verify under. The key is `ins_test`; they were minted
/// for 2025-01-01T00:00:00Z.
#pragma once

#include <string_view>

namespace known_tokens {

inline constexpr long long mintedAt = 1735689600;

inline constexpr std::string_view publicKeyPem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvHL9Heynh4LyoOeT6aw1\n"
    "1ls1Fb/imjqx8gjNjno+rJ5pLxM3eLOBiDIYz6ceBWtgIVokaxq6V1gEo0EGVyL0\n"
    "nbCVLK9hSr9vpJR80uRW4lS3IFGTDSzJ9F/wCeoXO3JWpk+HQ70Bh5H+TBpNU9yx\n"
    "4pqoZh1z35h5nQ6ie3eoXF5N6s6o333NuK75s2rVGUhvofhHO1faXv8OTHHIRsOw\n"
    "2/E9wqw7y2s8eQvch9ErqKwgT66zw2cSZAudq62gvMSNBHZzdT6qUHOfrEWR0nsT\n"
    "amKI5sMkvDUPucLK1XZlh9RoJf+Zl1tKrhQFf8/K0uekPuiDnHbTRyZxJ21OYssh\n"
    "WwIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

inline constexpr std::string_view version1 =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNzXzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3Mi"
    "OiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTAsImV4cCI6MTczNTY4OTY2MH0."
    "CiFCbu0kwl--ZIIhusoQks2sdKcJG7hRlgyFU6SeqAztPyUCsxfYvz0964aDPt7un2RupHllKHt_zZJwWwuyBzub0OprL1zM8EIGiUlmLPct"
    "ItuxGRRPtrE6820BFwesGF-0cxh9wbXA6VX2WCqH1fPAHWA5Gnl8MHBMSGv_xumFKqZ-HMlHY8LQkMJ49qgoyrb-OdkQSBfnREiEDmb3s7Yc"
    "xYFALBCsgOnv98O46UunN1NvJdblY8G6yTj1kHcOhXi7m60cd777troUkdTAbWM1FckxkNCg_V8Z9WUWCkSStE1fB8eR_NvqLu9Bjzt-RWzD"
    "3T6wPGbv1CSknXvxNw";

inline constexpr std::string_view version2WithOrganization =
    "eyJhbGciOiJSUzI1NiIsImNhdCI6ImNsX0I3ZDRQRDExMUFBQSIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNz"
    "XzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2"
    "ODk1OTAsImV4cCI6MTczNTY4OTY2MCwiYXpwIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZS5jb20iLCJ2IjoyLCJzdHMiOiJhY3RpdmUiLCJmdmEi"
    "Ols1LC0xXSwicGxhIjoibzpwcm8iLCJmZWEiOiJvOmRhc2hib2FyZCx1OmF2YXRhcix1bzp0ZWFtcyIsIm8iOnsiaWQiOiJvcmdfMSIsInNs"
    "ZyI6ImFjbWUiLCJyb2wiOiJhZG1pbiIsInBlciI6Im1hbmFnZSxyZWFkIiwiZnBtIjoiMywyIn19.ushnlKwSylOf4db8_exDBubEad_402o"
    "RIbc-N2vNYD0RJDhyiH9p139WE5DxPYC9OKy0SsapxL5SwxApKpOXM-IoKOHXtfVp6vemnoszoqR23AZoPIxcvgKfnTZ7m6LVLTRSsuONyQF"
    "e2JOIlyRDJrqk3OhjSetBvzoRYnaLd-soD0SRzZwODFtxLOgIZbZwrgHvia9suNpO67jvnl4m0TvGEadi_WVE-zd72EqUR-uOX3aKFA-zQKe"
    "5hUlXa7vmliyBK-c12jEeDxLVeHzCNI-3NpeEN2xl_VdVzroim8ZsBkBVwn9jCG8Zou19b13d4EE_WtLxcVXTtDEwn4qoDQ";

inline constexpr std::string_view version1WithOrganization =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNzXzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3Mi"
    "OiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTAsImV4cCI6MTczNTY4OTY2MCwi"
    "YXpwIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZS5jb20iLCJvcmdfaWQiOiJvcmdfMSIsIm9yZ19zbHVnIjoiYWNtZSIsIm9yZ19yb2xlIjoib3Jn"
    "OmFkbWluIiwib3JnX3Blcm1pc3Npb25zIjpbIm9yZzpkYXNoYm9hcmQ6cmVhZCJdfQ.TNI78q6gx5UKBfKU7-7PbF-7lJG5dF2sZ6bEgCJUK"
    "Dh_5c4iiIXs2r0FvnrJkkp4lVujXg1pLzbrhOyDzCKP_RMJmUCUJ1CV-kBNXCsb8YM4DS1RVpoqpGxsKgSElwg2Bsx4IygDf_fYqJOGgaGFU"
    "YJc8fkpo7xs9hH-JBgJNJIL6W2UFZYFCbgO-Q8aiPM98r3spcPYGj-aQRhC9_7w463HdpudnqX3W47iQgmaawO7yC2j_IcrUFkTYtdQhtQ4V"
    "RaLg1wsjQHXA67sQA6un2OOLo-gMFxx52WV1TauEtn-ea3XvQTffLx1GXqZX1NgGmLwvZpbvX16B-2PvSy9kw";

inline constexpr std::string_view expired =
    "eyJhbGciOiJSUzI1NiIsImNhdCI6ImNsX0I3ZDRQRDExMUFBQSIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNz"
    "XzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NTMwLCJuYmYiOjE3MzU2"
    "ODk1MjAsImV4cCI6MTczNTY4OTU5MCwidiI6Mn0.lZJe08nVIfPVuumsCLbT6Pv4j1mYyJVRWxE3oHSIrIOpiTDdT_vm0jjcqCvOUuZO6bF6"
    "TRF3Ns3XmKek6dukUY-2PSXFF39RMa36y-bkQv9sVxdMPcacX-sShwPtD2KqWZd8EDuxMVAEN5VgD8KVrqIDsqGxxQCQR6fxgFl-KMhtnSkZ"
    "h1JI9M4KVXDkDkqRVpXKLUMtCnZ813BkT9w4NsYXucLv3tBcs6zjWq5-o09wrnvTxAe4SjD3mQXjY7O5H8IfGn6T4skZUvf5Yoz97NeiOdZL"
    "cbmfjMefI9BcTldI2K3eGMuQ4IGY8zRN2AgrFPkPDATpkBGcClfZwTrqbA";

inline constexpr std::string_view unsignedToken =
    "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNzXzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4"
    "YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTAsImV4cCI6MTczNTY4OTY2MH0.";

inline constexpr std::string_view ofTemplate =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIiwiY2F0IjoiY2xfQjdkNFBEMjIyQUFBIn0.eyJzdWIiOiJ1c2Vy"
    "XzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTAsImV4cCI6MTcz"
    "NTY4OTY2MH0.sm2D27G-hli-d_HFRffG-Lq-_Zx1yJuW_9EVlQZZWQlP37eMedswN2xGqb041aiXCxOAZ0ibiT4ZN-EeuUGYEjCi4hBuPnq7"
    "VmAuG0KByI2N5ocigrCC5Jow_npe7JcN5l1dY3b0YYuRkxWT_0hiZKLyzP_Xqlh2sbasH5Z3T8wF8ikYoiWdz-itbUkJInQvffjOKtbfJ7ut"
    "yzZDd2MXoqIyXd-Mb3Uh-bcKu-H_Gc31PUC-Yw2MxSJUflQUERmDdj0UhVpD1ay-EZv1Q0hOY7xkDSzTx9ZLeXjrZRkTmBSg2rxwQxL39hKt"
    "4LHJN_-Tcm5ZoAzdqYQB5307mGOZiA";

inline constexpr std::string_view ofMachine =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIiwiY2F0IjoiY2xfQjdkNFBEMzMzQUFBIn0.eyJzaWQiOiJzZXNz"
    "XzEiLCJzdWIiOiJtY2hfMSIsImlzcyI6Imh0dHBzOi8vY2xlcmsuZXhhbXBsZS5jb20iLCJpYXQiOjE3MzU2ODk2MDAsIm5iZiI6MTczNTY4"
    "OTU5MCwiZXhwIjoxNzM1Njg5NjYwfQ.lKTmCoKNrfauuFv3e44lDvPnmBlEw6jZB09aKzmvVo6sn6S8RWQsO4SOnWrCJN46AEYEfdFxeEsc1"
    "gVNqbp3h0uIClnjOAZC0BIjGA552xUQBQsexwJwCQhONCkSHxlFjWI89SBrXDgwTlNIamrW3-LmDeR_mUhePBCU77fzYbHwO-DLga7uNN28w"
    "i9kUKeFjJA9tlZaZZ6hoTvzbyPGdnn2V36O0L4BkVqMo_4ohHzh-iSRl-MmV4I3etvMDK15epnFKlFUN_p_HUZ0BhqocVZcnA66CqEYCx8M0"
    "2FO427w9yOUwBl86npwozT2LrUombnd0CY2Tk-x1mzT4u7SKA";

inline constexpr std::string_view pending =
    "eyJhbGciOiJSUzI1NiIsImNhdCI6ImNsX0I3ZDRQRDExMUFBQSIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNz"
    "XzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2"
    "ODk1OTAsImV4cCI6MTczNTY4OTY2MCwidiI6Miwic3RzIjoicGVuZGluZyJ9.VhPV2brt5hQYKyScHsbjcVuCB266efHEuMwFAYAfAQYdv3W"
    "9lPD3fL_e7QZmJDgNIhDX37AwzrOJUvGqeqZsiYNOvJLPv4iRzC8u6JO0tUH6OcSG0ExuNljWKd4Hc9KYY2PFHHlq6_PA1jCRfgTTrXBVbdh"
    "O998r4Z4juzv_hix8ABD-GNIQT1kNpOabd2eEmYAJjotA6vGDMeXOwZCy0owhH4b_P6keBbEv0Gv03wjy7XUVRZ0SfmienigwWdiHSTSogXJ"
    "A0hMbR-q3vqBSaxhYF_3Wm876WWft6eXav1DsRvLUFi3Axcer6Ft92BE40IMpPKH3WOHKh5Y96MTTeg";

inline constexpr std::string_view withoutSubject =
    "eyJhbGciOiJSUzI1NiIsImNhdCI6ImNsX0I3ZDRQRDExMUFBQSIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNz"
    "XzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTAsImV4cCI6MTcz"
    "NTY4OTY2MH0.PDb4sH5CG0cM6zbja5zbhbKCL3etbWuzSC72NpKucA2qTtURSD5zfVgdrNneumDsjmR3M_jRAzDmKOW6AMsInSIkt0dGZFUM"
    "6FVW_8IumSSZhP9KJO0JlALMjejWJb80YtGhaq-c-WS03_lr3JwJLKvpv_RIjoO3gMlTlL9AIHBHaNz48G6ZO0XGUUL61VueEeBl1-9IWHm5"
    "hF6rZkpd5_2MPuqA-8zZipaY-xPqkwFJlhCzUhgA67psRiUOJ1ytLIVluTC-iLfda3c1qNzPWMT8NIxOcPXsMdqAO5vChCxQoqozYKTfd6XL"
    "T63_oSdQP3tB6ZRG4fwWGUh0j37_aA";

inline constexpr std::string_view signedByAnother =
    "eyJhbGciOiJSUzI1NiIsImNhdCI6ImNsX0I3ZDRQRDExMUFBQSIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNz"
    "XzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2"
    "ODk1OTAsImV4cCI6MTczNTY4OTY2MH0.pkQnUX91_ao5923T76-O4AaSk7Z7jHSIOBOy18UPjvcNvbfn3tCK2W8c0suQzrUg9vWG6XlawzT_"
    "nYdoZeEGYlRMibImss0qbiJL71xqP5CqCuqJBwn3HEgMp8tmcfOu_-8TakBs8xqR7dx3KJVy32ZXvoP8Vq3kxSm9uL6DuN80nSHoo5qniez9"
    "PwBjPAmlU08lC1RTB5084xWRRSOfeAXi-TMXt5IO9prBDtRfBRlkbTxKvZ6Iups76RfYWsHK-rPKRzK2jMFAu_ZMtvfIHjw54mcL8VjUFhRY"
    "25Ua5X1d-XJ1FKTLGA8U-A7XCzLAPcNhx3QrWxWTDE5Od5ejYA";

inline constexpr std::string_view accessToken =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiYXQrand0In0.eyJzaWQiOiJzZXNzXzEiLCJzdWIiOiJ1c2VyXzEiLCJp"
    "c3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTAsImV4cCI6MTczNTY4OTY2"
    "MCwiY2xpZW50X2lkIjoiYzEiLCJzY29wZSI6ImVtYWlsIn0.LEcWt2-CBKCQazCjPlKsvpXq2aM3_m3g4OfZfIxmxQb62JYX1z6CNmT2MqUK"
    "fYn_Zk-Ljmgqxjo5tarVMDv2Reoav2uK6gUGgWkmhZ1Un93Yyg0R95AyQNVgSMbJsVJI73gdA84BAI7eS2DBnl54Uv6iKgEC8sBtVVsLxiDn"
    "Zjavk_lnRGA-PeBrzbZtEdijeW5irTEIEdIAmkC1nm2vhkYeP2u9YIowJKJQ6lFN59WbcxMiXp_80apiq6rtlDPmxNKsSEoIHjpf77m08aAE"
    "mYdOpj8k8LcYBhK6lXD88iGueVXjOyKD_gAsficPVRFaxIluT_Zdnwilwf9iZvFW8w";

inline constexpr std::string_view critical =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIiwiY3JpdCI6WyJ4Il0sIngiOjF9.eyJzaWQiOiJzZXNzXzEiLCJ"
    "zdWIiOiJ1c2VyXzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTA"
    "sImV4cCI6MTczNTY4OTY2MH0.u3gfkj1n7iVzsDv0LnlYrPhbHbWRM6cqhpFUUzmueQX6QzIxOg7K5w-Ygnx8q1cblcIcdzv_5dGUDPK1OQv"
    "-3c8UCQF8O2oazmxswUs26vHKUnq_NSNU0e0sZ9zYKkMiGXO0kHn6GB3EcEBgVtQjqLdgyGnHVChp8ADhXEKqh9z5Ong7PeiI8YnAIUoYuZh"
    "SVXJvF_uWySBMLCN1lffWNNs7AhxKygZd-i6pbSqfEOSfrG821AbcnYxrzocdJ7nIBcdl8QqM-fneoFuQCESsHpw3NzRN-0LDwuKKn1skBmj"
    "qRJeFecLPgrvyh2fjcX7lninhdhWJu5e_2kgcDohNmg";

inline constexpr std::string_view duplicateSubject =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNzXzEiLCJzdWIiOiJ1c2VyX2V2aWwiLCJz"
    "dWIiOiJ1c2VyXzEiLCJpc3MiOiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTAs"
    "ImV4cCI6MTczNTY4OTY2MH0.etVQFD1Vk7SR0ntH4xDyUzvwFWZDYp-CK32letVp4DIhJvxz4joyFB9xZL4GKpSdh8nWNojApmfIxEVfsdy2"
    "HSgaqLlLsjTjt6NSl3nnK1ay1vbYcgCc6UdqCBHvjc8QvVUtvbmFWJV0-dP7oae8xlX29jgSUfrzZeGw7tzXmYizkioLtbaX3x1N989cbCcB"
    "uLIXl5bjle0WhubdDRNdKVv7Mz1retV-Dzs--Wk74FXKRbOy9i0wAJ9LeKxFhIdscl5YWECoqFCQCuDzRq2UgyvV0kzk8o8q7g2Q0NXjTHfJ"
    "zDLaLUOkNhkI0-5KrK-bWWFUNq3BPHR6Uqu60Nn5jA";

inline constexpr std::string_view neverExpiring =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNzXzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3Mi"
    "OiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk1OTAsImV4cCI6OWUxNX0.BeCmCV_g"
    "uztfpBHn9oitVnCvd-RZd8OR0rIlfds_tuPxVe32vEbysdlDFVdp6f-lTUOVoE4rCdVU4fA0g2NvAJg1l8YNKwhu7la167dHUwIOUjOKgzkT"
    "vuEkFjrslEKZcao9dUhW3WEO-vtIFlkFO96Rzq1FvZndy1XmD-IoaAdH8i1AWY0hjDS9Y_IhfNN8WR9nETjS87u9zqIH9QPxgBVC0znS0Mut"
    "c96gHICwxNFWiTbosLZj725W4Zm6F6QbOoLQAcY3L-PSnHGtjHwoRkJR2NW51-y_UxF1URpxt65rhQjcvDWqhsz3-fP4FMST3TzEuc_FfaIL"
    "hE6nLZGe6g";

inline constexpr std::string_view notYetValid =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc190ZXN0IiwidHlwIjoiSldUIn0.eyJzaWQiOiJzZXNzXzEiLCJzdWIiOiJ1c2VyXzEiLCJpc3Mi"
    "OiJodHRwczovL2NsZXJrLmV4YW1wbGUuY29tIiwiaWF0IjoxNzM1Njg5NjAwLCJuYmYiOjE3MzU2ODk2NjAsImV4cCI6MTczNTY4OTY2MH0."
    "C9KAaxfAbWFXS1bg6TYpCRy-Z44dgNOGmDxdICojEpKlbZZ-ZtACcNlwBdUKG_fDlT4IatrBdZyqRf7g76th1BpS_msQ9CU_8S3tZSaOzgxN"
    "_KvwgGtfPwBUAlJ36Hy9clNXz8w77W5EoRwdeyn7Hb5Ol2I20MD7SCI4DlOqyiuNccxHBpqp0wftF-Etr4R0EnLg6EiH5Fy5oawIUriKrlXu"
    "moOUCtNqgmAuNKuHeDcCKudcpjmhfUE9BWMy0TbXhHZ3Invi8Ft5o_5AnLqaVZZfDSEYYgD2IRL3TiUMlX7U7jTTaPRZSa3qg_5FUvA7qP5k"
    "mNt6HWPIgMcnEl7SYw";

inline constexpr std::string_view jwks =
    "{\"keys\":["
    "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"ins_test\",\"e\":\"AQAB\",\"n\":"
    "\"vHL9Heynh4LyoOeT6aw11ls1Fb_i"
    "mjqx8gjNjno-rJ5pLxM3eLOBiDIYz6ceBWtgIVokaxq6V1gEo0EGVyL0nbCVLK9hSr9vpJR80uRW4lS3IFGTDSzJ9F_wCeoXO3JW"
    "pk-HQ70Bh5H-TBpNU9yx4pqoZh1z35h5nQ6ie3eoXF5N6s6o333NuK75s2rVGUhvofhHO1faXv8OTHHIRsOw2_E9wqw7y2s8eQvc"
    "h9ErqKwgT66zw2cSZAudq62gvMSNBHZzdT6qUHOfrEWR0nsTamKI5sMkvDUPucLK1XZlh9RoJf-Zl1tKrhQFf8_K0uekPuiDnHbT"
    "RyZxJ21OYsshWw\"}"
    "]}";

}  // namespace known_tokens
