import parse from "parse-prometheus-text-format";
import { expect, it } from "vitest";
import { renderMetrics } from "./render.ts";

it("is read by a parser of the format as it was meant, whatever a label holds", () => {
	const labels = { account: "ann", model: 'a "b" \\ c\nd' };
	const text = renderMetrics([
		{
			name: "jobs_total",
			type: "counter",
			help: "Jobs.",
			samples: [labels, {}].map((labels) => ({ labels, value: 3 })),
		},
		{ name: "open_jobs", type: "gauge", help: "Open.", samples: [{ labels: {}, value: 0.25 }] },
	]);
	expect(text).toContain("\n# HELP darkroom_open_jobs Open.\n");
	expect(text.endsWith("\ndarkroom_open_jobs 0.25\n")).toBe(true);
	expect(parse(text)).toEqual([
		{ name: "darkroom_jobs_total", help: "Jobs.", type: "COUNTER", metrics: [{ labels, value: "3" }, { value: "3" }] },
		{ name: "darkroom_open_jobs", help: "Open.", type: "GAUGE", metrics: [{ value: "0.25" }] },
	]);
});

it("leaves out a metric of which nothing is known", () => {
	expect(renderMetrics([{ name: "open_jobs", type: "gauge", help: "Open.", samples: [] }])).toBe("");
});
