// Where SessionVerifier is meant to differ from @clerk/backend's verifyToken(), and why. docs/differences.md tells it in
// prose.

/** Our error codes in the vendor's words. */
export const VENDOR_REASONS = {
  ok: "ok",
  noToken: "token-invalid",
  malformed: "token-invalid",
  tokenTooLarge: "token-invalid",
  badEncoding: "token-invalid",
  badJson: "token-invalid",
  wrongType: "token-invalid",
  wrongCategory: "token-invalid",
  unsupportedAlgorithm: "token-invalid-algorithm",
  badSignature: "token-invalid-signature",
  badClaim: "token-verification-failed",
  wrongAudience: "token-verification-failed",
  unauthorizedParty: "token-invalid-authorized-parties",
  wrongIssuer: "token-invalid-issuer",
  expired: "token-expired",
  notYetValid: "token-not-active-yet",
  issuedInFuture: "token-iat-in-the-future",
};

/** Outcomes: a token with one of the faults, and no other, is `ours` here and `vendor` there. */
export const DIFFERENCES = [
  {
    why: "one text for one token: padding is not part of a JWS (RFC 7515 section 2)",
    ours: "badEncoding",
    vendor: "ok",
    faults: ["form signature padded with two", "form signature padded with four"],
  },
  {
    why: "the same; the vendor decodes it and then finds the signature to be over another text",
    ours: "badEncoding",
    vendor: "token-invalid-signature",
    faults: ["form header padded"],
  },
  {
    why: "the payload is decoded after the signature is checked, the vendor's before",
    ours: "badSignature",
    vendor: "token-invalid",
    faults: ["form newline inside"],
  },
  {
    why: "what is no JSON object is malformed, whatever else it is",
    ours: "badJson",
    vendor: "token-verification-failed",
    faults: ["json payload is an array", "json payload is a number", "json payload is a string"],
  },
  {
    why: "the same",
    ours: "badJson",
    vendor: "token-invalid-algorithm",
    faults: ["json header is an array", "json header is a number", "json header is a string"],
  },
  {
    why: "the same; the vendor throws a TypeError",
    ours: "badJson",
    vendor: "exception",
    faults: ["json payload is null", "json header is null"],
  },
  {
    why: "parsers disagree about such texts, so nobody may sign one thing and show another (RFC 8725 section 2.4)",
    ours: "badJson",
    vendor: "ok",
    faults: [
      "json payload after a byte order mark",
      "json header after a byte order mark",
      "json payload with invalid UTF-8",
      "json header with invalid UTF-8",
      "json payload with a lone surrogate",
      "json header with a lone surrogate",
      "json payload sub twice",
      "json payload exp twice",
      "json payload custom twice",
      "json header alg twice",
      "claim exp 1e400",
      "claim nbf 1e400",
    ],
  },
  {
    why: "nesting is bounded",
    ours: "badJson",
    vendor: "ok",
    faults: ["json payload nested 17 deep", "json header nested 17 deep"],
  },
  {
    why: "RS256 is the only algorithm Clerk signs sessions with; the vendor lists more and then refuses the key",
    ours: "unsupportedAlgorithm",
    vendor: "token-verification-failed",
    faults: ['header alg "RS384"', 'header alg "RS512"'],
  },
  {
    why: "a key id is a string (RFC 7515 section 4.1.4)",
    ours: "malformed",
    vendor: "ok",
    faults: ["header kid 5", "header kid null"],
  },
  {
    why: "tokens made from templates, and of unknown kinds, are no sessions; the vendor refuses them in requests only",
    ours: "wrongCategory",
    vendor: "ok",
    faults: [
      'header cat "cl_B7d4PD222AAA"',
      'header cat "other"',
      'header cat ""',
      "header cat null",
      "header cat 1",
    ],
  },
  {
    why: "a machine is no user; the vendor refuses its token in requests only",
    ours: "wrongCategory",
    vendor: "ok",
    faults: ['claim sub "mch_1"'],
  },
  {
    why: "extensions that are marked critical must be understood or refused (RFC 7515 section 4.1.11, RFC 7797)",
    ours: "criticalHeader",
    vendor: "ok",
    faults: ['header crit ["x"]', "header crit []", "header crit null", "header b64 false", "header b64 true"],
  },
  {
    why: "a session has a user and an id",
    ours: "badClaim",
    vendor: "ok",
    faults: ['claim sub ""', "claim sid absent", "claim sid null", "claim sid 1", 'claim sid ""'],
  },
  {
    why: "times are integers; Clerk mints no others",
    ours: "badClaim",
    vendor: "ok",
    faults: ["claim exp 1735689660.0", "claim exp 1.73568966e9"],
  },
  {
    why: "times beyond ECMAScript's range never expire, or are always valid, there",
    ours: "badClaim",
    vendor: "ok",
    faults: [
      "claim exp 8640000000001",
      "claim exp 9e15",
      "claim nbf 9000000000000000",
      "claim iat 9000000000000000",
    ],
  },
  {
    why: "only an active session, or a pending one where it is asked for, counts",
    ours: "inactiveSession",
    vendor: "ok",
    faults: ['claim sts "revoked"', "claim sts 5", "claim sts null", 'claim sts ""'],
  },
  {
    why: "an actor that cannot be named must not pass for the user",
    ours: "badClaim",
    vendor: "ok",
    faults: ["claim act {}", 'claim act "user_9"', "claim act []"],
  },
  {
    why: "an audience that is asked for must be there, and readable; the vendor lets these pass unchecked",
    ours: "wrongAudience",
    vendor: "ok",
    faults: [
      "audience absent",
      'audience ""',
      "audience []",
      'audience [""]',
      "audience 5",
      "audience {}",
      "audience true",
      "audience false",
      "audience 0",
      "audience null",
      "audience [5]",
      'audience ["a",5]',
      'audience ["b",5]',
      'audience [null,"b"]',
    ],
  },
  {
    why: "claims that contradict their format discredit the token; there they end in an exception",
    ours: "badClaim",
    vendor: "exception",
    faults: [
      "organization dashboard / r / 1",
      "organization o:a, / r / 1",
      "organization with a numeric mask",
      "random organization",
    ],
  },
  {
    why: "the same; there the value is taken as it is",
    ours: "badClaim",
    vendor: "ok",
    faults: ["organization of a wrong type", "organization with a numeric id", "organization v1 with a numeric id"],
  },
];

/**
 * Orders: of a token with several faults the header and the signature are judged before its other parts are decoded. The
 * vendor decodes all of them first.
 */
export const ORDERS = [
  { first: "unsupportedAlgorithm", then: "token-invalid" },
  { first: "badSignature", then: "token-invalid" },
];

/** Contents: both accept the token, and these claims are not the same. */
export const CLAIM_DIFFERENCES = [
  {
    why: "two integers or nothing",
    claims: ["factorVerificationAge"],
    faults: ["claim fva [0]", 'claim fva "x"', "claim fva [0.5,0]"],
  },
  {
    why: "an organization without an id is none: ids are what applications compare",
    claims: ["orgRole", "orgPermissions"],
    faults: ["organization empty", "organization with a role only", "organization v1 without an id"],
  },
  {
    why: "the version is the integer 2, as Clerk writes it",
    claims: ["orgId", "orgRole", "orgSlug", "orgPermissions"],
    faults: ["organization of version 2.0"],
  },
];
