import { type Clerk, loadClerk } from "../../../web/src/clerk";
import { fromClerk } from "../../../web/src/clerk_errors";
import { type Config, fetchBoard, fetchConfig } from "./api";
import { clerkIdentity, signIn } from "./clerk_identity";
import { connect } from "./client";
import { cookieIdentity, type Identity } from "./identity";
import { failureView, notAcceptedView, notSignedInView, signedOutView, unfinishedView } from "./messages";
import { rememberPerson, sessionOfTab } from "./person_of_tab";
import { Stage } from "./stage";
import { Workspace } from "./workspace";

type Session = NonNullable<Clerk["session"]>;

const UNREACHABLE = "Clerk cannot be reached, and without it nobody can sign in.";

const app = document.getElementById("app")!;
const loadingView = app.firstElementChild as HTMLElement;
const stage = new Stage(app);

async function start(): Promise<void> {
  const config = await fetchConfig();
  const { publishableKey } = config;
  if (!publishableKey) return enter(config, cookieIdentity, () => stage.show(notSignedInView()));
  followClerk(config, await reachClerk(config, publishableKey));
}

async function reachClerk(config: Config, publishableKey: string): Promise<Clerk> {
  const options = { selectInitialSession: sessionOfTab };
  const clerk = await loadClerk({ ...config, publishableKey }, options).catch((error: Error) => error);
  if (clerk instanceof Error) throw new Error(UNREACHABLE, { cause: clerk });
  // The SDK may still know from its cookie who is signed in, which is sufficient.
  if (clerk.status === "degraded" && !clerk.session) throw new Error(UNREACHABLE);
  return clerk;
}

/** Updates the page when the signed-in person or the active organization changes. */
function followClerk(config: Config, clerk: Clerk): void {
  let shown: string | undefined;
  clerk.addListener(({ session, organization }) => {
    if (session === undefined) return; // During a change; this is called again.
    const next = session ? [session.id, session.status, organization?.id].join(" ") : "";
    if (next === shown) return;
    shown = next;
    if (session) welcome(config, clerk, session);
    else stage.show(signedOutView(() => attempt(signIn(clerk))));
  });
}

function welcome(config: Config, clerk: Clerk, session: Session): void {
  rememberPerson(session.user.id);
  if (session.status === "pending") {
    return stage.show(unfinishedView(() => attempt(fromClerk(clerk.redirectToTasks({ redirectUrl: location.href })))));
  }
  const identity = clerkIdentity(clerk, session);
  attempt(enter(config, identity, () => stage.show(notAcceptedView(() => attempt(identity.account.signOut())))));
}

/** Opens the board of the identity. `onRefused` is called if nobody is signed in for the server. */
async function enter(config: Config, identity: Identity, onRefused: () => void): Promise<void> {
  const focused = document.activeElement?.id;
  const loading = loadingView.cloneNode(true) as HTMLElement;
  stage.show(loading);
  const board = await fetchBoard(identity).catch((error: Error) => error);
  if (!stage.shows(loading)) return; // The page shows something else now, maybe for another person.
  if (board instanceof Error) throw board;
  if (!board) return onRefused();
  const client = connect(identity, config.baseUrl, () => stage.shows(workspace.root) && onRefused());
  const workspace = new Workspace(board, client, identity.account, attempt);
  stage.open(workspace);
  if (focused) document.getElementById(focused)?.focus();
}

function attempt(work: Promise<unknown>): void {
  work.catch((error: Error) => {
    console.error(error);
    stage.show(failureView("That did not work", error.message));
  });
}

attempt(start());
