/** The list of models, by OpenAI's own package. */
import { describe, expect, it } from "vitest";
import { useGateway } from "../support/node/openai-client.ts";

const { client, answers } = useGateway();

/** Only a model that is asked for alone names what else fal takes. */
function withoutFalInputs(model: object): object {
	return JSON.parse(JSON.stringify(model, (key, value) => (key === "fal_inputs" ? undefined : value)));
}

describe("models", () => {
	it("lists models, and retrieves each of them", async () => {
		const { data: models } = await client.models.list();
		expect(models.map(({ id }) => id)).toEqual(
			expect.arrayContaining(["imagen4-preview", "nano-banana-2", "gpt-image-1.5", "darkroom"]),
		);
		for (const model of models) {
			expect(model).toMatchObject({ object: "model", owned_by: "fal-ai", created: expect.any(Number) });
			expect(withoutFalInputs(await client.models.retrieve(model.id))).toEqual(model);
		}
	});

	it("retrieves a model by an id with slashes, which the client escapes", async () => {
		expect(await client.models.retrieve("fal-ai/flux/krea")).toMatchObject({ id: "fal-ai/flux/krea", object: "model" });
		expect(answers.at(-1)?.url).toContain("fal-ai%2Fflux%2Fkrea");
	});
});
