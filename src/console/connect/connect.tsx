/** The view of connect. */

export function Connect() {
	return <div class="empty" />;
}
