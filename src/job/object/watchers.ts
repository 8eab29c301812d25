/** The sockets of a job's watchers. They outlive the instance, so all that is known of a watcher is kept on its socket. */
import type { JobEvent, OfFalAccount } from "../../core/events.ts";
import { ofSlot } from "../../core/inputs.ts";
import { CLOSE, type ObjectMessage, parseWatcherMessage, type WatcherMessage } from "../watch/protocol.ts";

export interface Watchers {
	/**
	 * Accepts a socket and sends it the backlog, without an await between: no event can be missed.
	 * @param knowsSlots Its Worker says which slot a status is of. One of a deploy before follows slot 0 only
	 */
	add(socket: WebSocket, backlog: readonly JobEvent[], options: { readonly knowsSlots: boolean }): void;
	send(events: readonly JobEvent[]): void;
	/** Reads a watcher's message; null for one that cannot be read. */
	receive(socket: WebSocket, message: string | ArrayBuffer): WatcherMessage | null;
	/** Asks watchers to follow the status streams of these slots, those that none follows yet, as far as they can. */
	askToFollow(streams: readonly Stream[]): void;
	watched(): boolean;
	/** Remembers, by the watchers that stay, that a client left without its answer. */
	rememberLeaving(): void;
	/** True if a client left without its answer while this watcher stayed. */
	sawLeaving(socket: WebSocket): boolean;
	/** Returns the slots that some watcher was asked to follow, and that it has not given up. */
	followed(): readonly number[];
	closeAll(): void;
}

/** fal's status stream of a slot. */
export interface Stream extends OfFalAccount {
	readonly slot: number;
	readonly streamUrl: string;
}

/** A Worker has six connections, and needs some to answer its client. */
const MAX_STREAMS = 4;

/** Kept in the socket, and read by later deploys: its words stay. */
interface Attachment {
	/** `able` may be asked, `following` was asked, `unable` tried and could not. */
	readonly follower: "able" | "following" | "unable";
	/** Those that it was asked to follow. Absent: slot 0 if it is `following`, else none. */
	readonly slots?: readonly number[];
	/** Its Worker knows of slots. Absent: it knows of slot 0. */
	readonly knowsSlots?: true;
	/** A client left without its answer meanwhile. Absent: none. */
	readonly sawLeaving?: true;
}

export function createWatchers(ctx: DurableObjectState): Watchers {
	const open = () => ctx.getWebSockets().filter((socket) => socket.readyState === WebSocket.READY_STATE_OPEN);
	const attachmentOf = (socket: WebSocket) => socket.deserializeAttachment() as Attachment;
	const attach = (socket: WebSocket, changes: Partial<Attachment>) =>
		socket.serializeAttachment({ ...attachmentOf(socket), ...changes });
	const slotsOf = ({ follower, slots }: Attachment) => slots ?? (follower === "following" ? [0] : []);
	const sendTo = (socket: WebSocket, message: ObjectMessage) => {
		try {
			socket.send(JSON.stringify(message));
		} catch {
			// The watcher is gone: its close event comes by itself.
		}
	};
	const followed = () => [...new Set(open().flatMap((socket) => slotsOf(attachmentOf(socket))))];
	/** Finds a watcher that can follow one more. Those that have ended count no more. */
	const followerOf = (slot: number, streams: readonly Stream[]) =>
		open().find((socket) => {
			const attachment = attachmentOf(socket);
			if (attachment.follower === "unable") return false;
			if (attachment.knowsSlots !== true) return slot === 0 && attachment.follower === "able";
			return slotsOf(attachment).filter((other) => streams.some((one) => one.slot === other)).length < MAX_STREAMS;
		});

	return {
		add: (socket, backlog, { knowsSlots }) => {
			ctx.acceptWebSocket(socket);
			socket.serializeAttachment({ follower: "able", ...(knowsSlots ? { knowsSlots } : {}) } satisfies Attachment);
			sendTo(socket, { type: "events", events: backlog });
		},
		send: (events) => {
			for (const socket of open()) sendTo(socket, { type: "events", events });
		},
		receive: (socket, text) => {
			const message = typeof text === "string" ? parseWatcherMessage(text) : null;
			if (message?.type === "unfollowed") {
				const left = slotsOf(attachmentOf(socket)).filter((slot) => slot !== (message.slot ?? 0));
				attach(socket, { follower: "unable", slots: left });
			}
			return message;
		},
		askToFollow: (streams) => {
			for (const { slot, ...stream } of streams) {
				if (followed().includes(slot)) continue;
				const socket = followerOf(slot, streams);
				if (socket === undefined) continue;
				const slots = [...slotsOf(attachmentOf(socket)), slot];
				attach(socket, { follower: "following", ...(slot > 0 || slots.length > 1 ? { slots } : {}) });
				sendTo(socket, { type: "follow", ...stream, ...ofSlot(slot) });
			}
		},
		watched: () => open().length > 0,
		rememberLeaving: () => {
			for (const socket of open()) attach(socket, { sawLeaving: true });
		},
		sawLeaving: (socket) => attachmentOf(socket).sawLeaving === true,
		followed,
		closeAll: () => {
			for (const socket of open()) socket.close(CLOSE.other, "the job was deleted");
		},
	};
}
