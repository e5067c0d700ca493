/** An error response of Clerk, as its browser SDK reports it. */
interface Refusal {
  errors?: { longMessage?: string; message?: string }[];
}

/**
 * Waits for a request to Clerk, and fails with a message for people: the SDK's own messages about network failures
 * contain whole URLs with the credentials of the browser.
 */
export async function fromClerk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const [refusal] = (error as Refusal).errors ?? [];
    throw new Error(refusal?.longMessage ?? refusal?.message ?? "Clerk cannot be reached.", { cause: error });
  }
}
