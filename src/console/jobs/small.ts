/** Shows a picture in little: its thumbnail, or the picture itself if it has none, or if that does not load. */

import { useRef, useState } from "preact/hooks";
import { toPath } from "../api/client.ts";
import type { Picture } from "../api/types.ts";

export interface Small {
	/** Stays the same while it is shown: a thumbnail that comes later would make it flicker. */
	readonly src: string;
	/** Call it if the image fails. Returns false if nothing else is left to show. */
	readonly onError: () => boolean;
}

export function useSmall({ url, thumbnail_url }: Picture): Small {
	const first = useRef(toPath(thumbnail_url ?? url)).current;
	const [isBroken, setBroken] = useState(false);
	const original = toPath(url);
	const src = isBroken ? original : first;
	const onError = () => {
		setBroken(true);
		return src !== original;
	};
	return { src, onError };
}
