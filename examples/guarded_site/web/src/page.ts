import type { ClerkConfig } from "../../../web/src/clerk";

/** What the server has written into the page's head. */
export function clerkConfigOfPage(): ClerkConfig {
  const proxyUrl = metadata("clerk-proxy-url");
  const signInUrl = metadata("clerk-sign-in-url");
  return {
    publishableKey: metadata("clerk-publishable-key") ?? "",
    ...(proxyUrl ? { proxyUrl } : {}),
    ...(signInUrl ? { signInUrl } : {}),
  };
}

function metadata(name: string): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content;
}
