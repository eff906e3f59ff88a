"""The law as tables: procedures of each regime, their time limits, and the working-day calendar."""
