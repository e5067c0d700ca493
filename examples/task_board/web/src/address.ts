/** The open task is in the query of the address, which survives the way through signing in; a fragment would not. */
const NAME = "task";

export function taskInAddress(): number | null {
  const text = new URLSearchParams(location.search).get(NAME);
  return text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

/** Null: the address of the board without an open task. */
export function addressOf(task: number | null): string {
  return task === null ? "/" : `/?${NAME}=${task}`;
}

/** A link within the page; with a modifier key it stays the browser's, for instance to open a new tab. */
export function followInPage(link: HTMLAnchorElement, onFollow: () => void): void {
  link.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onFollow();
  });
}
