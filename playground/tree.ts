import type { Post, State } from "./domain/state.ts";

export type TreeNode = { post: Post; depth: number };

/** A post and all under it, each before its answers, answers oldest first. A loop, not recursion: trees can be deep. */
export function treeOf(state: State, top: Post): TreeNode[] {
  const out: TreeNode[] = [];
  const stack: TreeNode[] = [{ post: top, depth: 0 }];
  for (let node = stack.pop(); node; node = stack.pop()) {
    out.push(node);
    const answers = node.post.answers
      .map((id) => state.posts.get(id) as Post)
      .sort((a, b) => b.createdAt - a.createdAt);
    for (const post of answers) stack.push({ post, depth: node.depth + 1 });
  }
  return out;
}
