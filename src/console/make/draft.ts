/** What the composer is about to ask for. */

import type { Reference } from "./references/reference.ts";

export interface Draft {
	readonly prompt: string;
	readonly model: string;
	readonly size: string | null;
	readonly n: number;
	readonly quality: string | null;
	readonly outputFormat: string | null;
	readonly background: string | null;
	readonly seed: number | null;
	readonly references: readonly Reference[];
	readonly mask: Blob | null;
}
