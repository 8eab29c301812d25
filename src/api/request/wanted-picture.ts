/** Says which pictures a body brings along: the one form that every API reads them into, before anything of them is stored. */

import type { InputPicture, InputRole, MadePicture, StoredPicture } from "../../models/request.ts";

export interface WantedPicture<Source = WantedSource> {
	readonly role: InputRole;
	/** The field that holds it, as an error names it: `image`, `images[1].image_url`, `messages[2].content[0].image_url`. */
	readonly param: string;
	readonly source: Source;
}

/** A picture that stands in the request itself. */
export type GivenPicture = WantedPicture<GivenSource>;

/** A picture that can be stored: one of ours was found. */
export type ChosenPicture = WantedPicture<GivenSource | MadeSource>;

export type WantedSource =
	| GivenSource
	/** A picture that a job made, if there is one. */
	| { readonly kind: "made"; readonly made: MadePicture };

/** A picture that a job of this account made, with its R2 key. */
export interface MadeSource {
	readonly kind: "made";
	readonly made: MadePicture;
	readonly key: string;
}

export type GivenSource =
	/** A `data:` address, or base64 without one, as it stands in the parsed body. Long data is there by its placeholder, which stands for the body's bytes. */
	| { readonly kind: "data"; readonly text: string }
	/** An https address, as the client wrote it. It may be a link of ours. */
	| { readonly kind: "link"; readonly url: string }
	/** A file of a form, in R2 since it arrived. */
	| { readonly kind: "file"; readonly stored: StoredPicture };

/** A request's wanted pictures once they are stored, in their order: the part of an `ImageRequest` that is about them. */
export interface KeptInputs {
	readonly inputs: readonly InputPicture[];
	/** The first image, if it is one of ours. */
	readonly derivedFrom?: MadePicture;
}

/**
 * Stores all wanted pictures that are no plain links under the id that the job will have, and returns them as the job keeps them.
 * @throws Refusal for a picture that cannot be read or does not exist
 */
export type KeepInputs = (wanted: readonly ChosenPicture[]) => Promise<KeptInputs>;
