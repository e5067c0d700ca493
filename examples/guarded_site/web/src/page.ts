import type { ClerkConfig } from "../../../web/src/clerk";

/** Reads the data that the server has written into the head of the page. */
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
