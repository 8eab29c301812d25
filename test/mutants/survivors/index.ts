/** Lists the mutants of the pure rooms that no test notices, file by file, each with the reason why none has to. */
import type { ListedSurvivor } from "../score.ts";
import { ACCOUNT } from "./account.ts";
import { API } from "./api.ts";
import { CORE } from "./core.ts";
import { FAL } from "./fal.ts";
import { FLOOR } from "./floor.ts";
import { HTTP } from "./http.ts";
import { JOB } from "./job.ts";
import { MEDIA } from "./media.ts";
import { MODELS } from "./models.ts";
import { PROMPT } from "./prompt.ts";

const BY_FILE = { ...ACCOUNT, ...API, ...CORE, ...FAL, ...FLOOR, ...HTTP, ...JOB, ...MEDIA, ...MODELS, ...PROMPT };

const COUNTED = /^(.*) ×(\d+)$/;

export const SURVIVORS: readonly ListedSurvivor[] = Object.entries(BY_FILE).flatMap(([file, groups]) =>
	groups.flatMap(([reason, ...mutants]) =>
		mutants.map((text) => {
			const [, mutant = text, count = 1] = COUNTED.exec(text) ?? [];
			return { file, mutant, count: Number(count), reason };
		}),
	),
);
