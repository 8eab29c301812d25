/** The first view: everything that was made, and the composer over it. */

import { ConnectionBanner } from "./jobs/connection.tsx";
import { Gallery } from "./look/gallery.tsx";
import { Composer } from "./make/composer.tsx";

export function Studio() {
	return (
		<div class="studio">
			<ConnectionBanner />
			<Gallery />
			<Composer />
		</div>
	);
}
