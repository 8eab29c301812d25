/**
 * The time of a gateway itself, beside a general proxy. Darkroom proxies nothing, so the case compares a chat that it answers without a
 * job: a client's hidden request for a title. Portkey must call an upstream for the same chat, which answers at once. The figure is stated
 * for scale, and not judged.
 */
import { median } from "simple-statistics";
import { ACCESS_KEY } from "../../test/support/node/gateway.ts";
import { startGatewayRuntime, startWorkerd, type Workerd } from "../../test/support/node/runtime.ts";
import type { Case, Size } from "../figure.ts";
import { interleaved } from "../interleaved.ts";
import { type Portkey, startPortkey } from "../portkey.ts";
import { saturate } from "../saturate.ts";

export const proxyOverhead: Case = async (size) => {
	const started: (Workerd | Portkey)[] = [];
	const begin = async <T extends Workerd | Portkey>(starting: Promise<T>): Promise<T> => {
		const one = await starting;
		started.push(one);
		return one;
	};
	try {
		const upstream = await begin(startWorkerd("bench/workers/instant/wrangler.toml"));
		// No job is made, so nothing needs to play fal.
		const gateway = await begin(startGatewayRuntime(upstream.url));
		const portkey = await begin(startPortkey());
		const { rounds, amount } = EXTENT[size];
		const through = ({ url }: Workerd | Portkey, headers = {}) => {
			const load = { url: `${url}/v1/chat/completions`, body: TITLE_REQUEST, key: ACCESS_KEY, headers, connections: 1 };
			// Over one connection, each request begins after the answer before.
			return async (requests: number) => 1000 / (await saturate({ ...load, amount: requests }));
		};
		const direct = through(upstream);
		const darkroom = through(gateway);
		const proxied = through(portkey, { "x-portkey-provider": "openai", "x-portkey-custom-host": `${upstream.url}/v1` });
		for (const warmUp of [direct, darkroom, proxied]) await warmUp(amount);

		const ms = await interleaved(rounds, {
			direct: () => direct(amount),
			darkroom: () => darkroom(amount),
			proxied: () => proxied(amount),
		});
		const [alone, own, whole] = [median([...ms.direct]), median([...ms.darkroom]), median([...ms.proxied])];
		return {
			figures: [
				{
					name: "a chat without a job : one that Portkey passes on",
					value: own / whole,
					unit: "×",
					goal: null,
					detail: `Darkroom answers in ${own.toFixed(2)} ms; Portkey in ${whole.toFixed(2)} ms, before an upstream that answers in ${alone.toFixed(2)} ms; ${rounds} × ${amount} requests one after the other`,
				},
			],
		};
	} finally {
		await Promise.all(started.map((one) => one.stop()));
	}
};

const EXTENT: Readonly<Record<Size, { rounds: number; amount: number }>> = {
	guard: { rounds: 1, amount: 20 },
	quick: { rounds: 2, amount: 100 },
	full: { rounds: 6, amount: 300 },
};

/** Open WebUI's hidden request for a title. */
const TITLE_REQUEST = {
	model: "imagen4-preview",
	messages: [
		{
			role: "user",
			content:
				'### Task:\nGenerate a concise, 3-5 word title with an emoji.\n### Output:\nJSON format: { "title": "your title here" }\n### Chat History:\n<chat_history>\nUSER: A red fox in the snow, watercolour 16:9\n</chat_history>',
		},
	],
};
