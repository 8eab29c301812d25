/** Renders metrics in the text format of Prometheus, version 0.0.4. */

export interface Metric {
	/** Without the prefix. */
	readonly name: string;
	readonly type: "counter" | "gauge";
	readonly help: string;
	readonly samples: readonly Sample[];
}

export interface Sample {
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
}

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const PREFIX = "darkroom_";

/** A metric without samples is left out. */
export function renderMetrics(metrics: readonly Metric[]): string {
	return metrics
		.filter(({ samples }) => samples.length > 0)
		.map(({ name, type, help, samples }) => {
			const lines = samples.map(({ labels, value }) => `${PREFIX}${name}${toLabels(labels)} ${value}\n`);
			return `# HELP ${PREFIX}${name} ${help}\n# TYPE ${PREFIX}${name} ${type}\n${lines.join("")}`;
		})
		.join("");
}

function toLabels(labels: Sample["labels"]): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
	return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeLabel(value: string): string {
	return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
