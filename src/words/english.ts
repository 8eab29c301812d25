/** Words of answers in English. */

import type { Edited, Words } from "./words.ts";

export const ENGLISH: Words = {
	help: `Tell me what to draw, for example: "A red fox in the snow, watercolour, 16:9".

You can add a size in words, such as \`16:9\`, \`size:9:16\`, \`比例 3:4\` or \`1024x1024\`.`,
	noRoom:
		"Darkroom is here. This request's limit of output tokens leaves no room for a picture: send it with a higher `max_tokens`, or with none.",
	noJson: "A picture is no JSON. To get one, send the request without `response_format` or `text.format`.",
	progress: {
		busy: (status, seconds) => `fal is busy${status === null ? "" : ` (${status})`}; trying again in ${seconds} s`,
		rerouted: (from, to) => `fal no longer offers ${from}; going on with ${to}`,
		answerLost: "The connection to fal broke; asking whether it has the request",
		queued: (ahead) => (ahead === null ? "Queued" : ahead === 0 ? "Queued, next in line" : `Queued, ${ahead} ahead`),
		editing: (edited) => `Editing ${named(edited)}${edited.drawnBy === null ? "" : ` with ${edited.drawnBy}`}`,
		generating: "Generating",
		generatingPercent: (percent) => `Generating, ${percent} %`,
		generatingSeconds: (seconds) => `Generating, ${seconds} s`,
		storing: (pictures) => (pictures === 1 ? "Fetching the picture" : `Fetching ${pictures} pictures`),
		givingUp: "This takes too long; giving up",
		cancelling: "Cancelling",
	},
	notes: {
		black: (pictures) => `The model's safety checker blacked out ${plural(pictures)}.`,
		lost: (pictures) => `${plural(pictures)} could not be fetched from fal.`,
		late: (pictures) => `${plural(pictures)} could not be fetched from fal yet. The job keeps what comes late.`,
		unmade: (pictures, why) => `${plural(pictures)} could not be made: ${why}`,
	},
	edited: (edited, quoted) =>
		`Edited ${named(edited)}${edited.drawnBy === null ? "" : ` with ${edited.drawnBy}`}: "${quoted}"`,
	whatToChange: 'Tell me what to change in the picture, for example: "make it night".',
};

function named({ whose, pictures }: Edited): string {
	if (whose === "last") return "your last picture";
	if (whose === "named")
		return pictures === 1 ? "the picture that you named" : `the ${pictures} pictures that you named`;
	return pictures === 1 ? "the attached picture" : `${pictures} attached pictures`;
}

function plural(pictures: number): string {
	return pictures === 1 ? "1 picture" : `${pictures} pictures`;
}
