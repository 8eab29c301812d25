import * as z from "zod/mini";

const advanceSchema = z.object({
	to: z.optional(z.enum(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"])),
	position: z.optional(z.number().check(z.int(), z.gte(0))),
});

const webhookSchema = z.object({
	forged: z._default(z.boolean(), false),
	/** Sent as it is when a text, else as JSON; without it, the request's own. */
	body: z.optional(z.unknown()),
	url: z.optional(z.url()),
	requestId: z.optional(z.string()),
	/** Unix seconds of the signature. */
	timestamp: z.optional(z.number()),
});

export type Advance = z.infer<typeof advanceSchema>;
export type WebhookOrder = z.infer<typeof webhookSchema>;

export function readAdvance(body: unknown): Advance | undefined {
	return z.safeParse(advanceSchema, body).data;
}

/** An order without a body is an order without options. */
export function readWebhookOrder(body: unknown): WebhookOrder | undefined {
	return z.safeParse(webhookSchema, body ?? {}).data;
}
