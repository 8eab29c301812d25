/** Fakes servers and streams for tests in workerd. */

/** Makes a `fetch` that gives these answers in turn, and the last one again for every further request. */
export function serving(...answers: (() => Response)[]) {
	const requests: Request[] = [];
	const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
		requests.push(new Request(input, init));
		const answer = answers[Math.min(requests.length, answers.length) - 1];
		if (answer === undefined) throw new Error("the test gives no answer");
		return answer();
	};
	return { fetch, requests };
}

/** Makes a stream of these chunks. An error among them breaks it off there. */
export function streamOf(...chunks: (Uint8Array | Error)[]): ReadableStream<Uint8Array> {
	const left = [...chunks];
	return new ReadableStream({
		type: "bytes",
		pull(controller) {
			const next = left.shift();
			if (next instanceof Error) return controller.error(next);
			if (next !== undefined) return controller.enqueue(next);
			controller.close();
			// Ends a read that waits with a buffer of its own.
			controller.byobRequest?.respond(0);
		},
	});
}
