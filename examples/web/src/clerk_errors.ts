/** What Clerk itself answered, as its browser SDK hands it on. */
interface Refusal {
  errors?: { longMessage?: string; message?: string }[];
}

/**
 * Waits for what was asked of Clerk, and fails with words for the person: the SDK's own, about a network that is down,
 * show whole addresses with what the browser is known by.
 */
export async function fromClerk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const [refusal] = (error as Refusal).errors ?? [];
    throw new Error(refusal?.longMessage ?? refusal?.message ?? "Clerk cannot be reached.", { cause: error });
  }
}
