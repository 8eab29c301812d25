/** The view of keys. */

export function Keys() {
	return <div class="empty" />;
}
