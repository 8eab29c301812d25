/** A server that answers in turn; its last answer again and again. */
export function serving(...answers: (() => Response)[]) {
	const requests: Request[] = [];
	const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
		requests.push(new Request(input, init));
		const answer = answers[Math.min(requests.length, answers.length) - 1];
		if (answer === undefined) throw new Error("nothing to serve");
		return answer();
	};
	return { fetch, requests };
}

/** An error among the chunks breaks the stream off there. */
export function streamOf(...chunks: (Uint8Array | Error)[]): ReadableStream<Uint8Array> {
	const left = [...chunks];
	return new ReadableStream({
		type: "bytes",
		pull(controller) {
			const next = left.shift();
			if (next instanceof Error) return controller.error(next);
			if (next !== undefined) return controller.enqueue(next);
			controller.close();
			// Whoever waits with a buffer of its own is let go.
			controller.byobRequest?.respond(0);
		},
	});
}
