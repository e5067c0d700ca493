// A browser that handles cookies, redirects and the headers of navigations.

export class Visitor {
  cookies = new Map();
  /** The visited paths, in order. */
  visited = [];

  constructor(origin) {
    this.origin = origin;
  }

  /** Sends one request for a page. */
  async open(url, headers = {}) {
    const page = { Accept: "text/html", "Sec-Fetch-Dest": "document" };
    return this.#send(url, { headers: { ...page, ...headers } });
  }

  /** Sends one request of a script. */
  fetch(url, headers = {}) {
    return this.#send(url, { headers: { Accept: "application/json", "Sec-Fetch-Dest": "empty", ...headers } });
  }

  /** Sends a form like a script of a page of `from`. */
  post(url, form = {}, from = this.origin) {
    const headers = { Accept: "*/*", "Sec-Fetch-Dest": "empty", Origin: from };
    return this.#send(url, { method: "POST", headers, body: new URLSearchParams(form) });
  }

  /** Sets a cookie like a script of a page. */
  setCookie(name, value) {
    this.cookies.set(name, { name, value, path: "/" });
  }

  /** Opens a page and follows redirects with the same headers, as browsers do with the referrer. */
  async browse(url, headers = {}) {
    return this.follow(await this.open(url, headers), headers);
  }

  async follow(answer, headers = {}) {
    for (let hops = 0; answer.status >= 300 && answer.status < 400; ++hops) {
      if (hops === 10) throw new Error(`redirected too often: ${this.visited.join(" ")}`);
      answer = await this.open(answer.headers.get("location"), headers);
    }
    return answer;
  }

  async #send(target, { method = "GET", headers, body }) {
    const url = new URL(target, this.origin);
    this.visited.push(url.pathname);
    const cookies = [...this.cookies.values()].filter(({ path }) => url.pathname.startsWith(path));
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { method, body, redirect: "manual", headers: { ...headers, ...(cookie && { Cookie: cookie }) } });
    for (const line of answer.headers.getSetCookie()) this.#take(line);
    return answer;
  }

  #take(line) {
    const [pair, ...attributes] = line.split(/; */);
    const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const path = attributes.find((attribute) => attribute.startsWith("Path="))?.slice(5) ?? "/";
    if (attributes.includes("Max-Age=0")) this.cookies.delete(name);
    else this.cookies.set(name, { name, value, path });
  }
}
