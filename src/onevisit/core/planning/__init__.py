"""The planner: catalogue to step graph to plan, exactly."""
