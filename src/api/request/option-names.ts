/** Knows the names that clients and gateways give to a picture's size, count, seed and the like, and to objects of such options. */

import { listOf } from "../../text.ts";

export type Meaning =
	| "size"
	| "width"
	| "height"
	| "count"
	| "batch"
	| "batches"
	| "quality"
	| "outputFormat"
	| "background"
	| "inputFidelity"
	| "moderation"
	| "negativePrompt"
	| "seed"
	| "fal";

/** The picture that a name speaks of, as in `image_size`, `output_width` and `target_size`. */
const PICTURE = anyOf(
	"image, img, picture, pic, photo, output, target, canvas, render, final, result, generated, generation, gen",
);
const SHAPE = anyOf(
	"size, sizeratio, resolutionratio, aspectratio, aspectratios, aspectratiosselection, aspect, ratio, ar, shape, proportion, proportions",
);
/** Tells the one that somebody chose, as in `selected_aspect_ratio` and Imagen's `sampleImageSize`. */
const CHOSEN = "(?:selected|custom|frame|sample(?=image))?";
const PIXELS = anyOf("dimension, dimensions, resolution, orientation");
/** The things that are counted, as in `num_images`, `numberOfResults` and `sample_count`. */
const THINGS = `${anyOf("image, img, picture, pic, photo, output, sample, variation, variant, result, generation, candidate")}s?`;
const NUMBER = anyOf("n, num, number, numberof, numof, howmany, count, total");
const COUNT = anyOf("num, number, count, quantity, amount");

/** A row has the names of a meaning, without case and separators. */
const MEANINGS: readonly (readonly [names: RegExp, meaning: Meaning])[] = [
	[whole(`${CHOSEN}${PICTURE}?(?:(?:${SHAPE}|${PIXELS})(?:preset|enum)?)`), "size"],
	[whole(`(?:${PICTURE}|custom|size)?width(?:px)?|w`), "width"],
	[whole(`(?:${PICTURE}|custom|size)?height(?:px)?|h`), "height"],
	[
		whole(
			`${NUMBER}${THINGS}(?:per${PICTURE}|perprompt)?|${THINGS}${COUNT}|(?:num)?(?:images)?perprompt|gen(?:erate)?num|n|num|howmany|count|quantity|qty|samples|copies|variations|variants`,
		),
		"count",
	],
	[whole("batchsize"), "batch"],
	[whole("batchcount|numbatches|niter"), "batches"],
	[whole("(?:image)?quality"), "quality"],
	[whole("(?:output|image|outputimage|imageoutput)format|outputmimetype"), "outputFormat"],
	[
		whole("(?:image|random|manual|noise|init|initial|generation|generator|fixed|rng|sampling)?seed(?:number|value)?"),
		"seed",
	],
	[whole("(?:image)?negative(?:prompt|text)?|negprompt|promptnegative"), "negativePrompt"],
	[whole("background"), "background"],
	[whole("inputfidelity"), "inputFidelity"],
	[whole("moderation"), "moderation"],
	[whole("fal"), "fal"],
];

/** Returns null for a name of something else. @param plain Without case and separators */
export function meaningOfName(plain: string): Meaning | null {
	return MEANINGS.find(([names]) => names.test(plain))?.[1] ?? null;
}

/** The owners of options, as in `extra_body` (a slip of those who write for OpenAI's SDKs), `image_config` and `generationParameters`. */
const OWNERS = anyOf(
	"extra, image, img, picture, generation, gen, model, provider, optional, additional, output, request, inference, override",
	"custom, advanced, sampling, generate, draw, api, fal, gemini, input, size, other",
);
const OPTIONS = anyOf(
	"body, param, params, parameter, parameters, option, options, config, settings, args, kwargs, fields, request, input, inputs",
);
/** Objects that hold further options of the request. Google's compatible API wants its own within `extra_body`. */
const NEST = whole(`${OWNERS}{0,2}${OPTIONS}|extras?|userparams|payload|google|gemini|vertex|openai`);
/** The AI SDK has an object for each provider, of any name. */
const NEST_OF_NESTS = /^provider(?:options|metadata)$/;

/** True for an object of options. @param parent The name of the object of options that it stands in; both without case and separators */
export function isNestName(plain: string, parent: string | null): boolean {
	return NEST.test(plain) || NEST_OF_NESTS.test(plain) || NEST_OF_NESTS.test(parent ?? "");
}

function anyOf(...words: readonly string[]): string {
	return `(?:${listOf(...words).join("|")})`;
}

function whole(pattern: string): RegExp {
	return new RegExp(`^(?:${pattern})$`);
}
