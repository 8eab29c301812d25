/** The first view: everything that was made, and the composer over it. */

import { setCardActions } from "./jobs/actions.ts";
import { ConnectionBanner } from "./jobs/connection.tsx";
import { askToDelete } from "./look/deleting.ts";
import { Gallery } from "./look/gallery.tsx";
import { isOver, leave } from "./look/over.ts";
import { Composer } from "./make/composer.tsx";
import { composer } from "./make/composer-state.ts";

/** The large view, which has cards too, lies over the composer: it is left first. */
function inComposer<Args extends readonly unknown[], Done>(act: (...args: Args) => Promise<Done>) {
	return async (...args: Args): Promise<Done> => {
		if (isOver.peek()) await leave("elsewhere");
		return act(...args);
	};
}

setCardActions({
	edit: inComposer(composer.editPicture),
	reuse: inComposer(composer.reuse),
	again: composer.again,
	mend: inComposer(composer.mend),
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
