const BYTES = 16;

function randomKey(): string {
  // Not crypto.randomUUID(): it is missing where the page comes over plain HTTP from another machine.
  return [...crypto.getRandomValues(new Uint8Array(BYTES))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** Idempotency keys: the same body again is the same request, so that a second press after a broken connection makes nothing twice. */
export class AttemptKeys {
  private body = "";
  private key = "";

  for(body: object): string {
    const text = JSON.stringify(body);
    if (text !== this.body) {
      this.body = text;
      this.key = randomKey();
    }
    return this.key;
  }
}
