/** A picture that the next job is drawn from. */

export interface Reference {
	readonly id: string;
	/** The file's name, or a name for a picture of the gallery. */
	readonly name: string;
	/** A link to a small picture of it: of the page's own, or an object URL. */
	readonly preview: string;
	/** In pixels, as the picture is seen. */
	readonly width: number;
	readonly height: number;
	readonly bytes: number;
	readonly source: Source;
}

export type Source =
	| { readonly kind: "file"; readonly blob: Blob }
	/** A picture that a job made. */
	| {
			readonly kind: "picture";
			/** On the page's own origin, with its signature. */
			readonly path: string;
			readonly job: string;
			readonly index: number;
	  }
	/** A picture on another host, which fal reads and the page does not. Its size is not known. */
	| { readonly kind: "link"; readonly url: string };

/** Where a reference is painted anew. */
export interface Mask {
	/** A PNG of the size of the reference, transparent where it is painted. */
	readonly png: Blob;
	/** The id of that reference. */
	readonly of: string;
}
