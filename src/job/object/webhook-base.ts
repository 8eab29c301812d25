/** Reads the base of our own addresses, as fal reaches them, out of a webhook's. */

const WEBHOOK_PATH = "/webhooks/fal/";

/** Returns the webhook's address up to its path as the router knows it, without a slash at the end. It keeps the path that `PUBLIC_URL` has. */
export function webhookBaseOf(webhook: string): string {
	return webhook.slice(0, webhook.lastIndexOf(WEBHOOK_PATH));
}
