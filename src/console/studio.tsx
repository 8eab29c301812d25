/** The first view: everything that was made, and the composer over it. */

import { setCardActions } from "./jobs/actions.ts";
import { ConnectionBanner } from "./jobs/connection.tsx";
import { askToDelete } from "./look/deleting.ts";
import { Gallery } from "./look/gallery.tsx";
import { Composer } from "./make/composer.tsx";
import { composer } from "./make/composer-state.ts";

setCardActions({
	edit: composer.editPicture,
	reuse: composer.reuse,
	again: composer.again,
	mend: composer.mend,
	remove: (id) => askToDelete([id]),
});

export function Studio() {
	return (
		<div class="studio">
			<ConnectionBanner />
			<Gallery />
			<Composer />
		</div>
	);
}
