/** Parses the bodies of the control routes. */
import * as z from "zod/mini";

const advanceSchema = z.object({
	to: z.optional(z.enum(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"])),
	position: z.optional(z.number().check(z.int(), z.gte(0))),
});

const webhookSchema = z.object({
	forged: z._default(z.boolean(), false),
	/** Sent unchanged if it is a text, else as JSON. The default is the request's own body. */
	body: z.optional(z.unknown()),
	url: z.optional(z.url()),
	requestId: z.optional(z.string()),
	/** Time of the signature, in Unix seconds. */
	timestamp: z.optional(z.number()),
});

export type Advance = z.infer<typeof advanceSchema>;
export type WebhookOrder = z.infer<typeof webhookSchema>;

/** Parses a step for a request. `undefined` if the body is wrong. */
export function readAdvance(body: unknown): Advance | undefined {
	return z.safeParse(advanceSchema, body).data;
}

/** Parses an order for a webhook. An empty body is an order without options. */
export function readWebhookOrder(body: unknown): WebhookOrder | undefined {
	return z.safeParse(webhookSchema, body ?? {}).data;
}
