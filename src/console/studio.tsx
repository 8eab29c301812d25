/** The first view: everything that was made, and the composer over it. */

export function Studio() {
	return <div class="studio" />;
}
