/** What other rooms do with the composer. It is loaded when somebody does it. */

import { words } from "../app-words.ts";
import { toast } from "../parts/toast.tsx";
import type * as Use from "./use/use.ts";

export const composer = {
	/** Adds a picture of a job to the references. Another model is chosen if the chosen one takes none. */
	editPicture: async (...asked: Parameters<typeof Use.editPicture>) => (await use())?.editPicture(...asked),
	/** Puts all settings of a job into the composer, with its pictures. */
	reuse: async (...asked: Parameters<typeof Use.reuse>) => (await use())?.reuse(...asked),
	/** Makes a job once more, and leaves the composer as it is. Without the same seed the pictures are others. */
	again: async (...asked: Parameters<typeof Use.again>) => (await use())?.again(...asked),
	/** Takes back a request that was refused, with all that it had. Returns false if some of it is not there. */
	mend: async (...asked: Parameters<typeof Use.mend>) => (await use())?.mend(...asked) ?? false,
};

/** After a deploy, the parts of the page that is open are gone. Then the page says so, and nothing is done. */
async function use(): Promise<typeof Use | null> {
	try {
		return await import("./use/use.ts");
	} catch {
		const w = words();
		toast(w.broken, { name: w.reload, onChoose: () => location.reload() });
		return null;
	}
}
