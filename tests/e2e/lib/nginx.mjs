// Debian's nginx with the configuration of examples/auth_request.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort } from "./http.mjs";

const CONFIGURATION = fileURLToPath(new URL("../../../examples/auth_request/nginx/", import.meta.url));
const UNPACKED = fileURLToPath(new URL("../../../build/nginx/usr/sbin/nginx", import.meta.url));
const TRIES = 5;

/**
 * Starts nginx on a port, in front of the program and the application at these URLs. `edit` may change the text of
 * site.conf.
 */
export async function startNginx(processes, { port, guard, application, edit = (text) => text }) {
  const folder = mkdtempSync(join(processes.folder, "nginx-"));
  cpSync(CONFIGURATION, folder, { recursive: true });
  const site = replaced(readFileSync(join(folder, "site.conf"), "utf8"), {
    "server 127.0.0.1:9180 ": `server ${new URL(guard).host} `,
    "server 127.0.0.1:3000;": `server ${new URL(application).host};`,
    "listen 127.0.0.1:8080;": `listen 127.0.0.1:${port};`,
  });
  writeFileSync(join(folder, "site.conf"), edit(site));
  const file = join(folder, "nginx.conf");
  writeFileSync(file, mainConfiguration(folder));
  const child = processes.start("nginx", program(), ["-e", "stderr", "-c", file]);
  await child.match(/getrlimit\(RLIMIT_NOFILE\)/); // It listens by then.
  return child;
}

/** As `startNginx()` on a port that the system chooses. Resolves with the process, the port and what `before` resolves with. */
export async function startNginxAnywhere(processes, before) {
  for (let tries = 1; ; ++tries) {
    const port = await freePort();
    const settings = await before(port);
    try {
      return { child: await startNginx(processes, { port, ...settings }), port, settings };
    } catch (error) {
      // Another program may have taken the port in the meantime.
      if (tries === TRIES || !error.message.includes("could not bind")) throw error;
    }
  }
}

/** One process, which writes only into its folder, for any user. */
function mainConfiguration(folder) {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${temporary.map((what) => `${what}_temp_path ${folder}/${what};`).join("\n  ")}
  include site.conf;
}
`;
}

function replaced(text, replacements) {
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`site.conf does not contain "${from}"`);
    text = text.replace(from, to);
  }
  return text;
}

/** Debian has it in a folder that is not in everybody's PATH; `./dev` unpacks it where it is not installed. */
function program() {
  for (const candidate of ["nginx", "/usr/sbin/nginx", UNPACKED]) {
    try {
      execFileSync(candidate, ["-v"], { stdio: "ignore" });
      return candidate;
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  throw new Error("nginx is missing, which this test needs: ./dev test unpacks it, or install it");
}
