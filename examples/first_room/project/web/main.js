import { Clerk } from "@clerk/clerk-js/no-rhc";
import { createClient } from "@liveblocks/client";

const status = document.getElementById("status");
const button = document.getElementById("sign");
const people = document.getElementById("people");

const { publishableKey, proxyUrl, baseUrl } = await (await fetch("/config")).json();
const clerk = new Clerk(publishableKey, proxyUrl ? { proxyUrl } : {});
await clerk.load({ telemetry: false });

if (clerk.user) enterRoom();
else offer("You are signed out.", "Sign in", () => clerk.redirectToSignIn({ redirectUrl: location.href }));

function offer(text, label, action) {
  status.textContent = text;
  button.textContent = label;
  button.hidden = false;
  button.onclick = action;
}

/** Asks the server for a token, with a fresh session token of Clerk. */
async function authorize(room) {
  const token = await clerk.session?.getToken();
  if (!token) return { error: "forbidden", reason: "You are signed out." };
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  return (await fetch("/api/liveblocks-auth", { method: "POST", headers, body: JSON.stringify({ room }) })).json();
}

function enterRoom() {
  const client = createClient({ authEndpoint: authorize, baseUrl });
  client.events.error.subscribe((error) => (status.textContent = error.message));
  const { room, leave } = client.enterRoom("first-room", { initialPresence: { cursor: null } });
  offer(`You are ${clerk.user.fullName ?? clerk.user.id}.`, "Sign out", async () => {
    leave();
    await clerk.signOut({ redirectUrl: "/" });
  });
  document.addEventListener("pointermove", ({ clientX, clientY }) => room.updatePresence({ cursor: [clientX, clientY] }));
  room.subscribe("others", show);
}

/** Shows who else is in the room, and where they point. */
function show(others) {
  people.replaceChildren(
    ...others.flatMap(({ id, info, presence: { cursor } }) => {
      const name = info?.name ?? id;
      const person = Object.assign(document.createElement("li"), { textContent: name });
      if (!cursor) return [person];
      const mark = Object.assign(document.createElement("li"), { className: "cursor", textContent: name, ariaHidden: "true" });
      mark.style.translate = `${cursor[0]}px ${cursor[1]}px`;
      mark.style.inset = "0 auto auto 0";
      return [person, mark];
    }),
  );
}
