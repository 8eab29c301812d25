/** A picture of a strip. Its name stands at what it is within. */

import type { Picture } from "../../api/types.ts";
import { useSmall } from "../../jobs/small.ts";

export function SmallPicture({ picture }: { readonly picture: Picture }) {
	const { src, onError } = useSmall(picture);
	return <img src={src} alt="" loading="lazy" onError={onError} />;
}
