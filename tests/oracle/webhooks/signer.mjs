// Webhooks signed by testing::WebhookSigner, through the verifiers of npm: all of them must take each as it is, and refuse
// it when a character of its body is another one.
// Usage: node signer.mjs <signer_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";
import { randomDelivery } from "./random_deliveries.mjs";
import { randomEvent } from "./random_events.mjs";
import { askVendors } from "./vendors.mjs";

const COUNT = 2000;

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const orders = Array.from({ length: COUNT }, randomOrder);
const signed = valuesPrintedBy(program, [], orders.map((one) => JSON.stringify(one) + "\n").join(""));
const problems = [];
const counts = {};

for (const [i, order] of orders.entries()) {
  const webhook = { ...order, ...signed[i] };
  for (const { name, verified, event, message } of await askVendors(webhook)) {
    counts[name] = (counts[name] ?? 0) + 1;
    if (!verified || event === null) problems.push(`${name} refuses with "${message}": ${JSON.stringify(webhook)}`);
  }
  const changed = { ...webhook, body: webhook.body.replace("type", "typ€") };
  for (const { name, verified } of await askVendors(changed)) {
    if (verified) problems.push(`${name} takes what was changed: ${JSON.stringify(changed)}`);
  }
}
problems.slice(0, 20).forEach((problem) => console.error(problem));
console.log(`${COUNT} webhooks, taken by ${JSON.stringify(counts)}, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && signed.length === COUNT && Object.keys(counts).length === 4 ? 0 : 1;

/** An event of a vendor, and a secret in one of the forms that it may have. */
function randomOrder() {
  const { now, vendor, ...delivery } = randomDelivery(random);
  const secret = delivery.faults.some((fault) => fault.includes("secret")) ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" : delivery.secret;
  return { secret, id: `msg_${random.below(1 << 30)}`, now, vendor, body: JSON.stringify(randomEvent(random, vendor)) };
}
