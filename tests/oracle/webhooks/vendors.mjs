/** The verifiers of npm, each as a function that says what it makes of a delivery. */

import { peer } from "../../peers/lib/peers.mjs";

process.env.CLERK_TELEMETRY_DISABLED = "1";
const { WebhookHandler } = await peer("@liveblocks/node");
const { verifyWebhook } = await peer("@clerk/backend/webhooks");
const { Webhook: SvixWebhook } = await peer("svix");
const { Webhook: StandardWebhook } = await peer("standardwebhooks");

const REFUSED = new RegExp(
  ["Invalid webhook-", "Invalid timestamp", "Timestamp ", "Invalid signature", "Missing required", "Message timestamp",
    "No matching signature", "Invalid Signature Headers", "Secret ", "Base64Coder"].join("|"),
);

/** As Node's http joins what came several times. */
const joined = (headers) => Object.fromEntries(new Headers(headers));

/** `@liveblocks/node` wants the prefix. */
const prefixed = (secret) => (secret.startsWith("whsec_") ? secret : `whsec_${secret}`);

/** The others want the standard alphabet. */
const standard = (secret) => prefixed(secret.replace(/^whsec_/, "").replaceAll("-", "+").replaceAll("_", "/"));

const VENDORS = [
  {
    name: "@liveblocks/node",
    families: ["webhook-"],
    read: ({ secret, headers, body }) =>
      new WebhookHandler(prefixed(secret)).verifyRequest({ headers: joined(headers), rawBody: body }),
  },
  {
    name: "standardwebhooks",
    families: ["webhook-"],
    read: ({ secret, headers, body }) => new StandardWebhook(standard(secret)).verify(body, joined(headers)),
  },
  {
    name: "svix",
    families: ["webhook-", "svix-"],
    read: ({ secret, headers, body }) => {
      new SvixWebhook(standard(secret)).verify(body, joined(headers));
      return JSON.parse(body);
    },
  },
  {
    name: "@clerk/backend",
    families: ["svix-"],
    read: ({ secret, headers, body }) => {
      const request = new Request("https://app.example/webhooks", { method: "POST", headers, body });
      return verifyWebhook(request, { signingSecret: standard(secret) });
    },
  },
];

/** What the vendors of that family make of a delivery: `{name, verified, event, message}`. */
export async function askVendors(delivery) {
  const answers = [];
  const family = delivery.vendor === "clerk" ? "svix-" : "webhook-";
  for (const { name, read } of VENDORS.filter(({ families }) => families.includes(family))) {
    answers.push({ name, ...(await ask(read, delivery)) });
  }
  return answers;
}

/** Who fails behind the signature, at the body, has verified it. */
async function ask(read, delivery) {
  const now = Date.now;
  Date.now = () => delivery.now * 1000;
  try {
    return { verified: true, event: await read(delivery), message: "" };
  } catch (error) {
    return { verified: !REFUSED.test(error.message), event: null, message: error.message };
  } finally {
    Date.now = now;
  }
}
