import { expect, it } from "vitest";
import { readPicture } from "./picture.ts";

/** A folder that was dropped, or a file that was moved meanwhile. */
class Unreadable extends Blob {
	override slice(): Blob {
		return this;
	}

	override arrayBuffer(): Promise<ArrayBuffer> {
		return Promise.reject(new DOMException("The file could not be found.", "NotFoundError"));
	}
}

it("takes what cannot be read for no picture", async () => {
	expect(await readPicture(new Unreadable())).toBeNull();
});
