import { expect, it } from "vitest";
import { webhookBaseOf } from "./webhook-base.ts";

it.each(["https://example.com", "https://example.com/darkroom", "https://example.com/webhooks/fal/of"])(
	"a webhook's base is all before its own path: %s",
	(base) => {
		expect(webhookBaseOf(`${base}/webhooks/fal/job/mac`)).toBe(base);
	},
);
