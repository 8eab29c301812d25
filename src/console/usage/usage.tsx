/** The view of usage. */

export function Usage() {
	return <div class="empty" />;
}
