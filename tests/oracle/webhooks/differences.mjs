/** What this library refuses although a vendor takes it, by fault. docs/differences.md says why. */
export const STRICTER = {
  "timestamp with a tail": ["@liveblocks/node"],
  "timestamp with an unsigned tail": ["standardwebhooks", "svix", "@clerk/backend"],
  "timestamp with a front": ["@liveblocks/node"],
  "timestamp with an unsigned front": ["standardwebhooks", "svix", "@clerk/backend"],
  "id with a dot": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "id with a blank": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "long id": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "signature of an empty version": ["@liveblocks/node"],
  "signature of another version": ["@liveblocks/node"],
  "signature with a tail": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "too many signatures": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "long signature header": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "header of the other family": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "timestamp twice": ["standardwebhooks", "svix", "@clerk/backend"],
  "signature twice": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "secret of nothing": ["@liveblocks/node"],
  "short secret": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "secret that is not base64": ["@liveblocks/node"],
};

/** Verified bodies that this library reads as no event although a vendor returns them. */
export const STRICTER_EVENTS = {
  "body that is no object": ["standardwebhooks", "svix", "@clerk/backend"],
  "member twice": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "no data": ["@liveblocks/node", "standardwebhooks", "svix", "@clerk/backend"],
  "event time that is no number": ["svix", "@clerk/backend"],
  "instance that is no text": ["svix", "@clerk/backend"],
  "data without members": ["@liveblocks/node", "standardwebhooks", "svix"],
};

/** Verified bodies that this library keeps raw although `@liveblocks/node` refuses them. */
export const RAW_EVENTS = ["unknown type", "unknown notification"];
