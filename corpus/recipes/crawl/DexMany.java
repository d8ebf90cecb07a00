// Runs dx over many jars in one process: most of the time of a single run is the start of the Java machine.
// Input: lines "IN.jar<TAB>OUT.dex". What fails is named on stdout, the rest is done.
import com.android.dx.command.dexer.Main;
import java.nio.file.*;

class DexMany {
    public static void main(String[] list) throws Exception {
        for (String line : Files.readAllLines(Path.of(list[0]))) {
            String[] paths = line.split("\t");
            Path temporary = Path.of(paths[1] + ".tmp.dex");
            Main.Arguments arguments = new Main.Arguments();
            arguments.parse(new String[] {"--output=" + temporary, paths[0]});
            int status;
            try {
                status = Main.run(arguments);
            } catch (Throwable problem) {
                status = 1;
            }
            if (status == 0) Files.move(temporary, Path.of(paths[1]), StandardCopyOption.REPLACE_EXISTING);
            else System.out.println(paths[0]);
        }
    }
}
