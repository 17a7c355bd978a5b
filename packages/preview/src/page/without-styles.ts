import { options } from "preact";

/**
 * Renders with no element that has a style of its own: the policy of the page allows those to a script, and to no HTML that was rendered
 * ahead. What takes it over has to start from the same.
 */
export function withoutStyles<Result>(render: () => Result): Result {
  const { vnode: before } = options;
  options.vnode = (vnode) => {
    if (typeof vnode.type === "string") Reflect.deleteProperty(vnode.props, "style");
    before?.(vnode);
  };
  try {
    return render();
  } finally {
    if (before === undefined) Reflect.deleteProperty(options, "vnode");
    else options.vnode = before;
  }
}
