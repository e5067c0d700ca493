// Calls of Clerk's Backend API: name, arguments as @clerk/backend takes them, and an answer of the documented shape.

const AT = 1735689600000;

/** A token of that session, signed by nobody. */
function tokenOf(sid) {
  return `e30.${Buffer.from(JSON.stringify({ sid })).toString("base64url")}.c2ln`;
}

const USER = {
  object: "user",
  id: "user_1",
  username: "ada",
  first_name: "Ada",
  last_name: null,
  image_url: "",
  has_image: false,
  primary_email_address_id: null,
  email_addresses: [],
  phone_numbers: [],
  web3_wallets: [],
  external_accounts: [],
  enterprise_accounts: [],
  banned: true,
  locked: false,
  deprovisioned: false,
  public_metadata: { plan: { name: "pro" } },
  private_metadata: {},
  unsafe_metadata: {},
  created_at: AT,
  updated_at: AT,
};

const SESSION = {
  object: "session",
  id: "sess_1",
  client_id: "client_1",
  user_id: "user_1",
  status: "active",
  last_active_organization_id: "org_1",
  actor: null,
  last_active_at: AT,
  expire_at: AT + 1000,
  abandon_at: AT + 2000,
  created_at: AT - 1000,
  updated_at: AT,
};
const IMPERSONATED = { ...SESSION, status: "pending", actor: { sub: "user_2" }, last_active_organization_id: undefined };

const ORGANIZATION = {
  object: "organization",
  id: "org_1",
  name: "Acme \u00e9",
  slug: "acme",
  image_url: "https://img.clerk.com/acme",
  has_image: true,
  members_count: 3,
  max_allowed_memberships: 5,
  admin_delete_enabled: true,
  public_metadata: { tier: 1 },
  private_metadata: { secret: [null] },
  created_by: "user_1",
  created_at: AT,
  updated_at: AT,
};
const SMALL_ORGANIZATION = {
  object: "organization",
  id: "org_1",
  name: "Acme",
  slug: null,
  has_image: false,
  max_allowed_memberships: 0,
  admin_delete_enabled: true,
  public_metadata: null,
  created_at: AT,
  updated_at: AT,
};

const MEMBERSHIP = {
  object: "organization_membership",
  id: "orgmem_1",
  role: "org:admin",
  permissions: ["org:tasks:edit", "org:sys_memberships:read"],
  public_metadata: { since: 1 },
  private_metadata: {},
  organization: ORGANIZATION,
  public_user_data: { identifier: "ada@example.com", first_name: "Ada", last_name: null, image_url: "", has_image: false, user_id: "user_1" },
  created_at: AT,
  updated_at: AT,
};
const SMALL_MEMBERSHIP = { ...MEMBERSHIP, permissions: [], organization: SMALL_ORGANIZATION, public_metadata: {}, private_metadata: undefined };

const INVITATION = {
  object: "invitation",
  id: "inv_1",
  email_address: "bob@example.com",
  public_metadata: { team: "red" },
  revoked: false,
  status: "pending",
  url: "https://app.example.com/sign-up?__clerk_ticket=x",
  created_at: AT,
  updated_at: AT,
};
const SMALL_INVITATION = { ...INVITATION, public_metadata: null, url: undefined, status: "revoked" };

const ORGANIZATION_INVITATION = {
  object: "organization_invitation",
  id: "orginv_1",
  email_address: "bob@example.com",
  role: "org:member",
  role_name: "Member",
  organization_id: "org_1",
  status: "pending",
  public_metadata: { a: 1 },
  private_metadata: { b: 2 },
  url: null,
  created_at: AT,
  updated_at: AT,
  expires_at: AT + 5,
};

const page = (...data) => ({ data, total_count: data.length + 40 });

const TIMES = { lastActiveAtBefore: AT + 1, lastActiveAtAfter: AT + 2, createdAtBefore: AT + 3, createdAtAfter: AT + 4 };
/** What a query encodes: spaces, signs, delimiters, letters beyond ASCII. */
const ODD = "A+b c&d=e%20~'()*!\u00e9\u{1f600}/?#[]@:,;\"<>\\^`{|}";
const USER_FILTER = {
  emailAddress: ["ada@example.com", "a+b@example.com"],
  phoneNumber: ["+15550100"],
  username: ["ada", ODD],
  web3Wallet: ["0x12"],
  userId: ["user_1", "user_2"],
  externalId: ["7"],
  organizationId: ["org_1"],
  query: ODD,
  ...TIMES,
  lastSignInAtBefore: AT + 5,
  lastSignInAtAfter: AT + 6,
};
const MEMBER = { organizationId: "org_1", userId: "user_1" };

const ofUser = ["getUser", "banUser", "unbanUser", "lockUser", "unlockUser"];

export const CASES = [
  ...ofUser.map((call) => ({ call, args: { userId: "user_1" }, answer: USER })),
  { call: "listUsers", args: {}, answer: [] },
  { call: "listUsers", args: { limit: 500, offset: 3, orderBy: "+created_at", ...USER_FILTER }, answer: [USER, { ...USER, id: "user_2" }] },
  { call: "listUsers", args: { limit: 1, offset: 0, userId: [] }, answer: [USER] },
  { call: "countUsers", args: {}, answer: { object: "total_count", total_count: 0 } },
  { call: "countUsers", args: USER_FILTER, answer: { object: "total_count", total_count: 12 } },
  { call: "updateUserMetadata", args: { userId: "user_1", publicMetadata: { someKey: { innerKey: null } } }, answer: USER },
  {
    call: "updateUserMetadata",
    args: { userId: "user_1", publicMetadata: {}, privateMetadata: { a: ["\u00e9"] }, unsafeMetadata: { b: 1.5 } },
    answer: USER,
  },

  { call: "getSession", args: { sessionId: "sess_1" }, answer: SESSION },
  { call: "getSession", args: { sessionId: "sess_1" }, answer: IMPERSONATED },
  { call: "revokeSession", args: { sessionId: "sess_1" }, answer: { ...SESSION, status: "revoked" } },
  { call: "listSessions", args: { userId: "user_1" }, answer: page() },
  {
    call: "listSessions",
    args: { clientId: "client_1", userId: "user_1", status: "active", limit: 2, offset: 4 },
    answer: page(SESSION, IMPERSONATED),
  },
  { call: "createSessionToken", args: { sessionId: "sess_1" }, answer: { object: "token", jwt: tokenOf("sess_1") } },
  {
    call: "createSessionToken",
    args: { sessionId: "sess_1", template: "supabase" },
    answer: { object: "token", jwt: tokenOf() },
  },
  {
    call: "createSessionToken",
    args: { sessionId: "sess_1", template: "a b", expiresInSeconds: 60 },
    answer: { object: "token", jwt: tokenOf("sess_1") },
  },

  { call: "getOrganization", args: { idOrSlug: "org_1" }, answer: ORGANIZATION },
  { call: "getOrganization", args: { idOrSlug: "acme", includeMembersCount: true }, answer: ORGANIZATION },
  { call: "getOrganization", args: { idOrSlug: "org_1", includeMembersCount: false }, answer: SMALL_ORGANIZATION },
  { call: "listOrganizations", args: {}, answer: page(ORGANIZATION, SMALL_ORGANIZATION) },
  {
    call: "listOrganizations",
    args: { includeMembersCount: true, query: ODD, orderBy: "-members_count", organizationId: ["org_1", "org_2"], limit: 10, offset: 1 },
    answer: page(),
  },
  { call: "listOrganizationMemberships", args: { organizationId: "org_1" }, answer: page(MEMBERSHIP, SMALL_MEMBERSHIP) },
  {
    call: "listOrganizationMemberships",
    args: {
      organizationId: "org_1",
      orderBy: "last_name",
      userId: ["user_1"],
      emailAddress: ["ada@example.com"],
      phoneNumber: ["+15550100"],
      username: ["ada"],
      web3Wallet: ["0x12"],
      role: ["org:admin", "org:member"],
      query: ODD,
      emailAddressQuery: "ada@",
      phoneNumberQuery: "555",
      usernameQuery: "a",
      nameQuery: "Ada L",
      ...TIMES,
      limit: 7,
      offset: 8,
    },
    answer: page(MEMBERSHIP),
  },
  { call: "listUserMemberships", args: { userId: "user_1" }, answer: page(MEMBERSHIP) },
  { call: "listUserMemberships", args: { userId: "user_1", limit: 500, offset: 500 }, answer: page() },
  { call: "createOrganizationMembership", args: { ...MEMBER, role: "org:admin" }, answer: MEMBERSHIP },
  { call: "updateOrganizationMembership", args: { ...MEMBER, role: "org:admin" }, answer: MEMBERSHIP },
  { call: "deleteOrganizationMembership", args: MEMBER, answer: MEMBERSHIP },

  { call: "createInvitation", args: { emailAddress: "bob@example.com" }, answer: INVITATION },
  {
    call: "createInvitation",
    args: {
      emailAddress: "bob@example.com",
      expiresInDays: 1,
      ignoreExisting: true,
      notify: false,
      publicMetadata: { teamName: "red" },
      redirectUrl: "https://app.example.com/x?y=1",
      templateSlug: "waitlist_invitation",
    },
    answer: SMALL_INVITATION,
  },
  { call: "listInvitations", args: {}, answer: page(INVITATION, SMALL_INVITATION) },
  { call: "listInvitations", args: { status: "pending", query: ODD, orderBy: "-expires_at", limit: 2, offset: 2 }, answer: page() },
  { call: "revokeInvitation", args: { invitationId: "inv_1" }, answer: SMALL_INVITATION },
  {
    call: "createOrganizationInvitation",
    args: { organizationId: "org_1", emailAddress: "bob@example.com", role: "org:member" },
    answer: ORGANIZATION_INVITATION,
  },
  {
    call: "createOrganizationInvitation",
    args: {
      organizationId: "org_1",
      emailAddress: "bob@example.com",
      role: "org:member",
      expiresInDays: 3,
      inviterUserId: "user_1",
      publicMetadata: { someKey: 1 },
      privateMetadata: { otherKey: 2 },
      redirectUrl: "/welcome",
    },
    answer: { ...ORGANIZATION_INVITATION, url: "https://app.example.com/x" },
  },
  { call: "listOrganizationInvitations", args: { organizationId: "org_1" }, answer: page(ORGANIZATION_INVITATION) },
  {
    call: "listOrganizationInvitations",
    args: { organizationId: "org_1", status: ["pending", "revoked"], limit: 3, offset: 6 },
    answer: page(),
  },
  { call: "getOrganizationInvitation", args: { organizationId: "org_1", invitationId: "orginv_1" }, answer: ORGANIZATION_INVITATION },
  { call: "revokeOrganizationInvitation", args: { organizationId: "org_1", invitationId: "orginv_1" }, answer: ORGANIZATION_INVITATION },
  {
    call: "revokeOrganizationInvitation",
    args: { organizationId: "org_1", invitationId: "orginv_1", requestingUserId: "user_1" },
    answer: { ...ORGANIZATION_INVITATION, status: "revoked" },
  },
];
