import { expect, it } from "vitest";
import { toFetchable } from "./fetchable.ts";

const FAL = "https://queue.fal.run";
const LOCAL = "http://localhost:8788";
const INSIDE = "http://10.0.0.5:8788";

it.each<readonly [address: string, queue: string | null, fetched: boolean]>([
	["https://v3.fal.media/a.png", FAL, true],
	["https://v3.fal.media:8443/a.png", FAL, true],
	["https://v3.fal.media/a.png", null, true],
	["https://8.8.8.8/a.png", FAL, true],
	["HTTPS://V3.FAL.MEDIA/a.png", FAL, true],
	["http://v3.fal.media/a.png", FAL, false],
	["https://user:secret@v3.fal.media/a.png", FAL, false],
	["https://user@v3.fal.media/a.png", FAL, false],
	["https://localhost/a.png", FAL, false],
	["https://10.0.0.5/a.png", FAL, false],
	["https://169.254.169.254/latest/meta-data", FAL, false],
	["https://[::ffff:169.254.169.254]/", FAL, false],
	["https://metadata.google.internal/", FAL, false],
	["http://127.0.0.1:8954/secret", FAL, false],
	["http://127.0.0.1:8954/secret", null, false],
	// A queue on this machine has its files here, too.
	["http://localhost:8788/a.png", LOCAL, true],
	["http://127.0.0.1:9000/a.png", LOCAL, true],
	["http://[::1]:9000/a.png", LOCAL, true],
	["https://localhost:9000/a.png", LOCAL, true],
	["https://v3.fal.media/a.png", LOCAL, true],
	["http://v3.fal.media/a.png", LOCAL, false],
	["http://10.0.0.5/a.png", LOCAL, false],
	["http://169.254.169.254/", LOCAL, false],
	// A queue of the inside is the only host there that is fetched from.
	["http://10.0.0.5:8788/a.png", INSIDE, true],
	["https://10.0.0.5/a.png", INSIDE, true],
	["http://10.0.0.5:8789/a.png", INSIDE, false],
	["https://10.0.0.6/a.png", INSIDE, false],
	["http://localhost:8788/a.png", INSIDE, false],
	["http://sim:8788/a.png", "http://sim:8788", true],
	["ftp://v3.fal.media/a.png", FAL, false],
	["file:///etc/passwd", LOCAL, false],
	["javascript:alert(1)", FAL, false],
	["/files/a.png", FAL, false],
	["", FAL, false],
])("%s, while the queue is at %s, is fetched: %s", (address, queue, fetched) => {
	expect(toFetchable(address, queue) !== null).toBe(fetched);
});

it("reads a redirect against the address that it came from", () => {
	const from = "https://v3.fal.media/files/a.png";
	expect(toFetchable("b.png", FAL, from)?.href).toBe("https://v3.fal.media/files/b.png");
	expect(toFetchable("//127.0.0.1/secret", FAL, from)).toBeNull();
	expect(toFetchable("http://v3.fal.media/b.png", FAL, from)).toBeNull();
});
