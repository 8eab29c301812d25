/** Survivors of the room media. */
import { FOR_THE_TYPE, type Groups, NO_WORDS, SAVES_WORK } from "./reasons.ts";

/** A loop that writes or reads one more. */
const NOTHING_OUTSIDE = "What lies outside of an array is not written, and is read as nothing.";

const ONLY_TOLD_APART = "It is only told from the other three.";

export const MEDIA: Groups = {
	"src/media/exif.ts": [
		[
			NOTHING_OUTSIDE,
			"at + 4 → at - 4",
			"at + 4 <= head.length → at + 4 < head.length",
			"at + 8 <= head.length → at + 8 < head.length ×2",
			"at + 8 → at - 8",
		],
	],
	"src/media/jpeg-end.ts": [
		[
			SAVES_WORK,
			"plain === FEW → false",
			"{ at = piece.indexOf(MARK, at); plain = 0; if (at < 0) break; } → {}",
			"byte === MARK || isMarked → true",
			"byte === MARK → byte !== MARK",
			"plain + 1 → plain - 1",
		],
		["Bytes without a mark stand before it.", "at < 0 → at <= 0"],
		[ONLY_TOLD_APART, '"low_length" → ""'],
	],
	"src/media/mask.ts": [
		[SAVES_WORK, "!hasOpacity(png) → false", 'colour === "white" → true'],
		[NOTHING_OUTSIDE, "x < width → x <= width"],
		["The bytes of a mask with a fault are of no use.", "step.value === null → true"],
	],
	"src/media/picture-end.ts": [[ONLY_TOLD_APART, '"beginning" → ""']],
	"src/media/png/grey.ts": [
		["Runs of less than three are not asked for.", "run < MIN_RUN → false"],
		["There is no higher bit.", "bit < count → bit <= count"],
		["Seven bits of both are the same.", "symbol - 256 → symbol + 256"],
		["The first byte of all is a row's filter, which is not compared.", "-1 → +1"],
		[
			"The buffer has room to spare.",
			"((width + 1) * MAX_LITERAL_BITS) / 8 → (width + 1) * MAX_LITERAL_BITS * 8",
			"width + 1 → width - 1",
		],
		["A chunk may be a byte longer.", "this.#length >= DATA_BYTES → this.#length > DATA_BYTES"],
		["Three literals say the same in a few bits more.", "this.#run >= MIN_RUN → this.#run > MIN_RUN"],
		["The byte behind the type is written over.", "at < type.length → at <= type.length"],
	],
	"src/media/png/opacity.ts": [
		[
			SAVES_WORK,
			'colour === "grey_alpha" || colour === "rgb_alpha" || transparency !== null → true',
			"taken === piece.length → false",
		],
		["It is set before it is read.", "{ is: false } → {}", "false → true"],
		[NOTHING_OUTSIDE, "x < opacities.length → x <= opacities.length ×4"],
		["A byte that is not there is equal to none.", "transparent.length >= pixelBytes → true"],
	],
	"src/media/png/open.ts": [
		[
			FOR_THE_TYPE,
			"[...COLOURS.values()].find(([name]) => name === colour)?.[1] → [...COLOURS.values()].find(([name]) => name === colour)[1]",
			"colour === undefined → false",
		],
		["A colour that there is not has no depths.", '[] → ["Stryker was here"]'],
		[SAVES_WORK, "source.left === 0 → true"],
		["No file is as long.", "length > MAX_CHUNK_BYTES → length >= MAX_CHUNK_BYTES"],
		["Behind a cut there is nothing more to read.", "data.length === length → true", "false → true"],
	],
	"src/media/png/unfilter.ts": [
		[NOTHING_OUTSIDE, "at < end → at <= end ×4"],
		["Its reader takes both for no.", "default: return false; → default:"],
		["If left and above are as near, they are equal, or the corner is nearer.", "toLeft <= toUp → toLeft < toUp"],
	],
	"src/media/sniff-input.ts": [
		[NO_WORDS, '[] → ["Stryker was here"] ×2'],
		["No brand is called as what stands before the brands.", "beginning.slice(FTYP.length) → beginning"],
	],
};
