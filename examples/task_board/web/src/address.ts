/** The open task is in the query of the URL, which is kept during the redirects of signing in; a fragment would be lost. */
const NAME = "task";

export function taskInAddress(): number | null {
  const text = new URLSearchParams(location.search).get(NAME);
  return text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

/** Returns the URL of the board with that task open; with null, without an open task. */
export function addressOf(task: number | null): string {
  return task === null ? "/" : `/?${NAME}=${task}`;
}

/** A link within the page. With a modifier key the browser handles it, for instance to open a new tab. */
export function followInPage(link: HTMLAnchorElement, onFollow: () => void): void {
  link.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onFollow();
  });
}
