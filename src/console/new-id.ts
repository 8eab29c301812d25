/** Makes an id that nobody else has. */

/** Also where the page is not served by HTTPS, which `crypto.randomUUID` wants. */
export function newId(): string {
	return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
}
