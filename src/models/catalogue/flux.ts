/** Black Forest Labs' FLUX on fal. */

import {
	BY_RATIO,
	each,
	edit,
	ONE_IMAGE,
	PIXELS_OR_AUTO,
	PNG_JPEG,
	PNG_JPEG_WEBP,
	perMegapixel,
	pixels,
	ratios,
	row,
	TOLERANCE_TO_5,
	TOLERANCE_TO_6,
	USUAL,
	upTo,
	WHITE_MASK,
} from "./parts.ts";
import type { CatalogueModel, Endpoint, Family, Price, Traits } from "./types.ts";

const PRO: Traits = { ...USUAL, lenient: TOLERANCE_TO_6 };
const BY_BFL_RATIO: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 21:9 16:9 3:2 4:3 3:4 2:3 9:16 9:21"),
	outputFormats: PNG_JPEG,
	lenient: TOLERANCE_TO_6,
};
const KONTEXT: Traits = { ...BY_BFL_RATIO, shape: "1:1" };
const ULTRA: Traits = { ...BY_BFL_RATIO, shape: "16:9" };
/** fal tells 512 to 2048 pixels a side. */
const FLUX_2: Traits = { ...USUAL, dialect: pixels(512, 2048), outputFormats: PNG_JPEG_WEBP };
const FLUX_2_PRO: Traits = { ...USUAL, maxImages: 1, lenient: TOLERANCE_TO_5 };
/** It follows its pictures if it is told so. */
const FLUX_2_PRO_EDIT: Traits = { ...FLUX_2_PRO, dialect: PIXELS_OR_AUTO };

/** Paints where the mask is white (docs.bfl.ai, FLUX.1 Fill), in the size of the picture. */
const FILL = edit("fal-ai/flux-pro/v1/fill", { ...PRO, dialect: { kind: "none" } }, ONE_IMAGE, { mask: WHITE_MASK });

/** fal tells no bound of the pictures of `multi`. Four is the maker's (docs.bfl.ai, FLUX.1 Kontext). */
function kontextEdits(endpoint: string, price?: Price): readonly Endpoint[] {
	const more = price === undefined ? {} : { price };
	return [FILL, edit(endpoint, BY_BFL_RATIO, ONE_IMAGE, more), edit(`${endpoint}/multi`, BY_BFL_RATIO, upTo(4), more)];
}

/** fal.ai/learn, "Flux 2 Turbo vs Flux 2", and the endpoints' llms.txt: of each megapixel that is put in or out. */
const PRICE_2 = perMegapixel(0.012);
const PRICE_TURBO = perMegapixel(0.008);
const PRICE_2_PRO: Price = { ...perMegapixel(0.03, 0.015), countsInputs: true };
const PRICE_FLEX: Price = { ...perMegapixel(0.05), countsInputs: true };
const PRICE_MAX: Price = { ...perMegapixel(0.07, 0.03), countsInputs: true };

export const FLUX_MODELS: readonly CatalogueModel[] = [
	row("flux-schnell", "fal-ai/flux/schnell", USUAL, {
		// The cheap one of its maker that edits.
		editedBy: "flux-2-klein-4b",
		// fal's pricing API, as a public repository recorded it on 2026-09-09.
		price: perMegapixel(0.003),
		chat: "schnell",
		also: ["flux-1-schnell"],
		releasedOn: "2024-08-01",
	}),
	row("flux-dev", "fal-ai/flux/dev", USUAL, {
		editedBy: "flux-2",
		price: perMegapixel(0.025),
		chat: "dev",
		also: ["flux-1-dev"],
		releasedOn: "2024-08-01",
	}),
	row("flux-1.1-pro", "fal-ai/flux-pro/v1.1", PRO, {
		edits: kontextEdits("fal-ai/flux-pro/kontext", each(0.04)),
		// Portkey-AI/models, 2026-08-21, as those of ultra and kontext. fal's page of this one counts each begun megapixel.
		price: perMegapixel(0.04),
		chat: "pro",
		also: ["flux-pro", "flux-pro-1.1"],
		releasedOn: "2024-10-02",
	}),
	row("flux-1.1-pro-ultra", "fal-ai/flux-pro/v1.1-ultra", ULTRA, {
		edits: kontextEdits("fal-ai/flux-pro/kontext", each(0.04)),
		price: each(0.06),
		chat: "pro-ultra",
		also: ["flux-pro-ultra", "flux-pro-1.1-ultra"],
		releasedOn: "2024-11-06",
	}),
	row("flux-kontext", "fal-ai/flux-pro/kontext/text-to-image", KONTEXT, {
		edits: kontextEdits("fal-ai/flux-pro/kontext", each(0.04)),
		price: each(0.04),
		chat: "kontext",
		also: ["flux-kontext-pro", "flux-1-kontext-pro"],
		releasedOn: "2025-05-29",
	}),
	row("flux-kontext-max", "fal-ai/flux-pro/kontext/max/text-to-image", KONTEXT, {
		edits: kontextEdits("fal-ai/flux-pro/kontext/max"),
		chat: "kontext-max",
		also: ["flux-1-kontext-max"],
		releasedOn: "2025-05-29",
	}),
	row("flux-2", "fal-ai/flux-2", FLUX_2, {
		edits: [edit("fal-ai/flux-2/edit", FLUX_2, upTo(4), { price: { ...PRICE_2, countsInputs: true } })],
		price: PRICE_2,
		chat: "bfl-2",
		also: ["flux-2-dev"],
		releasedOn: "2025-11-25",
	}),
	row("flux-2-turbo", "fal-ai/flux-2/turbo", FLUX_2, {
		edits: [
			edit("fal-ai/flux-2/turbo/edit", FLUX_2, upTo(4), {
				price: { ...PRICE_TURBO, countsInputs: true },
				shape: "1:1",
			}),
		],
		price: PRICE_TURBO,
		chat: "bfl-2-turbo",
	}),
	row("flux-2-klein-9b", "fal-ai/flux-2/klein/9b", FLUX_2, {
		edits: [edit("fal-ai/flux-2/klein/9b/edit", FLUX_2, upTo(4))],
		chat: "klein",
		also: ["flux-2-klein"],
		releasedOn: "2026-01-15",
	}),
	row("flux-2-klein-4b", "fal-ai/flux-2/klein/4b", FLUX_2, {
		edits: [edit("fal-ai/flux-2/klein/4b/edit", FLUX_2, upTo(4))],
		chat: "klein-4b",
		releasedOn: "2026-01-15",
	}),
	// fal tells no bound of the pictures of these three. Eight is the maker's (docs.bfl.ai, FLUX.2).
	row("flux-2-pro", "fal-ai/flux-2-pro", FLUX_2_PRO, {
		edits: [edit("fal-ai/flux-2-pro/edit", FLUX_2_PRO_EDIT, upTo(8), { price: PRICE_2_PRO })],
		price: PRICE_2_PRO,
		chat: "bfl-2-pro",
		releasedOn: "2025-11-25",
	}),
	row("flux-2-flex", "fal-ai/flux-2-flex", FLUX_2_PRO, {
		edits: [edit("fal-ai/flux-2-flex/edit", FLUX_2_PRO_EDIT, upTo(8), { price: PRICE_FLEX })],
		price: PRICE_FLEX,
		chat: "bfl-2-flex",
		releasedOn: "2025-11-25",
	}),
	row("flux-2-max", "fal-ai/flux-2-max", FLUX_2_PRO, {
		edits: [edit("fal-ai/flux-2-max/edit", FLUX_2_PRO_EDIT, upTo(8), { price: PRICE_MAX })],
		price: PRICE_MAX,
		chat: "bfl-2-max",
		releasedOn: "2025-12-16",
	}),
];

export const FLUX_FAMILIES: readonly Family[] = [
	["fal-ai/flux-pro/v1.1-ultra", ULTRA],
	["fal-ai/flux-pro/kontext", BY_BFL_RATIO],
	["fal-ai/flux-pro", PRO],
	["fal-ai/flux-2-", FLUX_2_PRO],
	["fal-ai/flux-2", FLUX_2],
	["fal-ai/flux/", USUAL],
];
