/** Takes pictures from everywhere: pasted or dropped anywhere on the page, chosen as files, or made with a phone's camera. */

import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icons.tsx";
import { toast } from "../../parts/toast.tsx";
import { words } from "./intake-words.ts";
import { type Brought, readDropped, readPasted, type Transfer } from "./transfer.ts";
import "./intake.css";

/** Some systems know no type for Apple's pictures. */
const ACCEPTED = "image/*,.heic,.heif,.avif";

/** Of the button that takes the focus when the last reference is gone. */
export const ADD_ID = "refs-add";

/** Listens to the page, and shows that it takes what is dragged over it. */
export function Intake() {
	const w = words();
	const [isOver, setOver] = useState(false);
	const veil = useRef<HTMLDivElement>(null);
	/** A picture of the gallery is dragged. A link that is dragged into the prompt is none of ours. */
	const isMade = useRef(false);

	useEffect(() => {
		veil.current?.togglePopover(isOver);
	}, [isOver]);

	useEffect(() => {
		const controller = new AbortController();
		const { signal } = controller;
		const isOurs = ({ dataTransfer }: DragEvent) =>
			(isMade.current || dataTransfer?.types.includes("Files")) && !isDialogOpen();
		document.addEventListener(
			"dragstart",
			({ dataTransfer }) => {
				isMade.current = readDropped(toTransfer(dataTransfer), location.origin).kind === "made";
			},
			{ signal },
		);
		document.addEventListener(
			"dragover",
			(event) => {
				if (!isOurs(event)) return;
				event.preventDefault();
				if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
				setOver(true);
			},
			{ signal },
		);
		// It leaves the page: from one element to another it only goes on.
		document.addEventListener("dragleave", (event) => event.relatedTarget === null && setOver(false), { signal });
		document.addEventListener(
			"dragend",
			() => {
				isMade.current = false;
				setOver(false);
			},
			{ signal },
		);
		document.addEventListener(
			"drop",
			(event) => {
				setOver(false);
				if (!isOurs(event)) return;
				event.preventDefault();
				void take(readDropped(toTransfer(event.dataTransfer), location.origin));
			},
			{ signal },
		);
		document.addEventListener(
			"paste",
			(event) => {
				if (isDialogOpen()) return;
				const brought = readPasted(toTransfer(event.clipboardData), isField(event.target));
				if (brought.kind === "nothing") return;
				event.preventDefault();
				void take(brought);
			},
			{ signal },
		);
		return () => controller.abort();
	}, []);

	return (
		// In the top layer: the composer that it stands in may be one of its own.
		<div ref={veil} class="refs-drop" popover="manual">
			<p>
				<Icon name="images" size={28} />
				<strong>{w.dropHere}</strong>
				<span>{w.dropHint}</span>
			</p>
		</div>
	);
}

/** The buttons of the composer that add references. */
export function AddReferences() {
	const w = words();
	return (
		<>
			<FileButton name={w.add} icon="image" isCamera={false} />
			<FileButton name={w.camera} icon="camera" isCamera={true} />
		</>
	);
}

function FileButton({
	name,
	icon,
	isCamera,
}: {
	readonly name: string;
	readonly icon: "image" | "camera";
	readonly isCamera: boolean;
}) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<IconButton
				{...(isCamera ? {} : { id: ADD_ID })}
				class={isCamera ? "refs-camera" : ""}
				icon={icon}
				name={name}
				onClick={() => input.current?.click()}
			/>
			<input
				ref={input}
				type="file"
				hidden
				aria-label={name}
				accept={ACCEPTED}
				{...(isCamera ? { capture: "environment" } : { multiple: true })}
				onChange={({ currentTarget }) => {
					const files = [...(currentTarget.files ?? [])];
					// The same file may be chosen again.
					currentTarget.value = "";
					void take({ kind: "files", files });
				}}
			/>
		</>
	);
}

async function take(brought: Brought): Promise<void> {
	if (brought.kind === "nothing") return;
	if (brought.kind === "foreign") {
		toast(words().foreign);
		return;
	}
	try {
		// What reads pictures is loaded when there are some.
		const { addFiles, addMade } = await import("./adding.ts");
		if (brought.kind === "files") await addFiles(brought.files);
		else await addMade(brought.picture);
	} catch {
		toast(words().broken);
	}
}

/** What lies over the page takes what it takes itself. */
function isDialogOpen(): boolean {
	return document.querySelector("dialog[open]") !== null;
}

function toTransfer(data: DataTransfer | null): Transfer {
	return {
		files: [...(data?.files ?? [])],
		links: data?.getData("text/uri-list") ?? "",
		text: data?.getData("text/plain") ?? "",
	};
}

function isField(target: EventTarget | null): boolean {
	return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
