import { loadClerk } from "../../../web/src/clerk";
import { fromClerk } from "../../../web/src/clerk_errors";
import { fetchOffer, type Person } from "./people";
import { presentSession, signIn } from "./sign_in";
import { showBusy, showPeople, showProblem } from "./view";
import { keepWayBack, wayBack } from "./way_back";

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function start(): Promise<void> {
  const back = wayBack(new URL(location.href));
  keepWayBack(back);
  const offer = await fetchOffer();
  const clerk = await fromClerk(loadClerk(offer.clerk));
  const choose = (person: Person) => {
    showBusy(true);
    signIn(clerk, person, back).catch((error) =>
      showProblem(`${person.name} could not be signed in. ${messageOf(error)}`, () => choose(person)),
    );
  };
  showPeople(offer.people, (person) => presentSession(clerk, person) !== undefined, choose);
}

// A page from the back-forward cache may be outdated.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
start().catch((error) => showProblem(`This page could not be loaded. ${messageOf(error)}`, () => location.reload()));
